issue-number = Issue { $number }
closed-by = heard in the meeting chaired by { $name }
closed-by-calendar = published by the calendar
permanent-link = Link to this issue
units = Units
find-on-page = Find people and matters
found-none = Nothing found
promises = Last week's word
difficulty = Difficulty
corrected-why = Why: { $reason }
corrected-by = corrected by { $name }
telephone = Office telephone
filed-by = Filed by { $name } on this official's behalf
substitute = ; substitute: { $name }
feed = Feed (Atom)
screen = Lobby screen
screen-offline = No network: this is the last copy
board-empty = Nothing has been published yet
board-empty-what = The first issue will stand here when the first meeting has closed.
duties-heading = In charge of
latest-report = Latest report
unit-before = Formerly here
until-issue = until issue { $number }
posts = Posts
till-now = now
promises-count = Was the word kept?
promises-count-hint = The outcomes of all plan items, counted; open one to see which. No marks, no ranking.
count-items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
answers-plan = This was planned the week before
became = What became of it
became-work = What was done
became-not-yet = To be answered in the next issue.
history = Changes
never-changed = Published { $day }, never changed since.
first-published = first published
commitment = Commitment
commitment-what = Computed from the item's words and a random number. Change one character, and it no longer fits.
published-on = Published { $day }
issue-earlier = issue before
issue-later = next issue
tally-expected = Expected
tally-people = {" "}officials
tally-filed = filed
tally-promised = Planned last week
tally-things = {" "}items
standing-on-leave = on leave
standing-late = late
standing-on-leave-what = On leave
standing-late-what = No report by the end of the meeting.
corrected = Corrected
reason = Why
delegate = Filed by another
photo = Photo
item-alone = Item { $number } by itself
find = Find
find-in-issue = Filter this issue
find-example = a name, a village, a matter
found-all =
    { $people ->
        [one] 1 official
       *[other] { $people } officials
    }, { $items ->
        [one] 1 item
       *[other] { $items } items
    }
found-some = # officials found
units-find = Find by unit
group-leadership = Leadership
group-mid-level = Stations and offices
group-village = Villages
group-voluntary = Joined of their own accord
archive-year =
    { $count ->
        [one] { $year }: 1 issue
       *[other] { $year }: { $count } issues
    }
all-issues = All issues
in-the-issue = See it in the issue
open-data = Open data
whose = Whose
which-week = Week
due = Due
promised-in = Promised in
feed-summary =
    { $expected } expected, { $filed } filed, { $leave } on leave, { $late } late; { $items ->
        [one] 1 item
       *[other] { $items } items
    }.
screen-progress = Progress
screen-next = Next:
find-who = Find who is in charge
