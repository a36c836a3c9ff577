nav-ask = Who to ask
ask-title = Who is in charge?
ask-label = What is it about, or whom are you looking for?
ask-button = Find
ask-hint = Write as you would say it, in Chinese, for example 盖房子找谁; pinyin or its initials work too, for example dk.
ask-nobody-yet = Nothing has been published yet, so nobody can be named. Please ask at the counter of the town hall.
ask-officials = You can ask
ask-understood = Your words are about:
ask-nobody = Nobody in charge was found. Please try other words, or have the office pass your question on.
ask-all-matters = See the matters
ask-others =
    { $count ->
        [one] 1 other may have to do with it
       *[other] { $count } others may have to do with it
    }
ask-items = Where it stands in what was published
ask-no-items = It is not mentioned.
ask-more = Earlier ones
ask-matters = What people often come about
ask-why = Why:
why-name = the name matches
why-duty = in charge of “{ $duty }”
why-post = holds the post { $post }
why-unit = works at { $unit }
why-work =
    { $count ->
        [one] 1 item about it in the last five weeks
       *[other] { $count } items about it in the last five weeks
    }
ask-away = On leave when the latest issue was published; please call first.
ask-away-substitute = On leave when the latest issue was published; { $name } stood in.
where-to-go = Where
when-to-go = When
deputy = When away, ask
leader-in-charge = Leader in charge
ask-lately = Lately on this matter
ask-this-official = Ask { $name }
ask-feed = Follow this search
ask-one-character = One character is too short to look for. Please write two or more.
