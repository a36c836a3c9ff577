# Directives
nav-directives = Directives
directive = Directive
directives = Directives
directives-what = What leaders and the meeting ask for. How far it is, only the items of those who do it say; nothing else is filled in.
directives-mine = For me to do: { $count }
directives-given = Given by me
directives-all = All that is open: { $count }
directives-ended = Closed and withdrawn
directives-none = None.
overdue = Overdue
directive-new = Give a directive
directive-give = Give
directive-text = What is to be done
directive-owner = Owner
directive-owners-more = Further owners
directive-helper = Helpers
directive-helpers = Helpers
directive-unit-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
directive-due = Due
directive-due-on = by { $day }
directive-due-first = first due { $day }
directive-from-to = Given by { $giver }, owned by { $owners }
directive-number = Directive no. { $number }
directive-giver = Given by
directive-more = Steps, helpers
directive-steps = Steps (a line each)
directive-steps-hint = A step may name a day, such as 11月30日前查清名单 or 周三前换表: it then stands in the list of the day of those who do it. A step without a day is due with the directive.
directive-step-by-day = due { $day }
directive-steps-list = Steps
directive-source = Source
directive-source-meeting = Meeting
directive-source-inspection = Inspection
directive-source-document = Document
directive-source-question = A resident's question
directive-source-text = Number, place and so on
directive-source-hint = Such as the number of a document, or what was inspected on which day.
directive-question = Which question
directive-public = Public
directive-public-hint = A public directive is published at once, and so is every later step; an internal one is seen by those concerned and never published.
directive-internal = Internal
directive-public-page = Public page
directive-state-given = Not yet accepted
directive-state-objected = Objected to
directive-state-under-way = Under way
directive-state-closed = Closed
directive-state-withdrawn = Withdrawn
directive-stance-silent = No answer yet
directive-stance-accepted = Accepted
directive-stance-objected = Objected
directive-stance-upheld = Stands as given
directive-people = Who does it
directive-seen = seen { $time }
directive-unseen = not seen yet
directive-answer = Please answer
directive-accept = Accept
directive-object = Object
directive-object-why = Why it cannot be done this way
directive-object-act = Send the objection
directive-objection = Answer the objection
directive-uphold = It stands as given
directive-uphold-why = Your answer
directive-uphold-hint = If the objection is right, withdraw the directive below.
directive-items = How far it is
directive-items-none = No item belongs to it yet.
directive-items-hint = Those who do it put their own items here from the desk.
directive-item-gone = (this item was removed by its owner)
directive-step-by = Which work finished this step
directive-step-act = This step is done
directive-step-is-done = Done
directive-step-item = the item
directive-ask = Ask for more time
directive-ask-act = Send
directive-asked = More time asked for
directive-asked-until = Until { $day }
directive-until = Until which day
directive-grant = Grant
directive-decline = Decline
directive-extend = Extend
directive-extend-act = Extend
directive-close = Close
directive-close-remark = Remark (may stay empty)
directive-withdraw = Withdraw
directive-story = What happened
directive-step-given = Given by { $name }
directive-step-accepted = { $name } accepted
directive-step-objected = { $name } objected
directive-step-upheld = { $name } answered: it stands as given
directive-step-asked = { $name } asked for time until { $due }
directive-step-declined = { $name } did not extend it
directive-step-extended = { $name } extended it to { $due }
directive-step-step-done = { $name }: step { $position } is done
directive-step-step-reopened = { $name }: step { $position } is not done after all
directive-step-closed = { $name } closed it
directive-step-withdrawn = { $name } withdrew it
directive-log-what = The directive and every step stand in the transparency log; anybody can verify them.
directive-done-given = Given. Those who do it are told.
directive-done-accepted = Accepted. Write what you do at your desk and put it to this directive.
directive-done-objected = The objection is with the giver.
directive-done-upheld = Answered.
directive-done-asked = Your request is with the giver.
directive-done-extended = Extended.
directive-done-declined = The day stays.
directive-done-step = The step is marked as done.
directive-done-ended = Done.
orders = Public directives
orders-what = What leaders and the meeting asked for: who does it, by when, and how far it is.
orders-none = No public directive yet.
notice-directive-given = Something was given to you to do. Please look at “Directives”.
notice-directive-answered = A directive of yours was answered: accepted, objected to, or more time is asked for.
notice-directive-decided = The giver answered: an objection, more time, closed or withdrawn.
notice-directive-overdue = A directive of yours is overdue and not closed.
refusal-directive-nobody = Choose an owner.
refusal-directive-past = The due day cannot lie before today.
refusal-directive-person = Owners and helpers are people who file now: their items show how far it is.
refusal-directive-people = No more than { $most } owners and helpers; give it in parts.
refusal-directive-form-used = This form has given the order “{ $name }” already, so nothing else was given. If this is another order, look at it again and give it.
refusal-directive-step-late = The day in step { $position } ({ $day }) is later than the due day ({ $due }). Change the step, or the due day.
refusal-directive-steps = No more than { $most } steps.
refusal-directive-ended = This directive is closed or withdrawn and cannot be changed.
refusal-directive-answered = You have answered already.
refusal-directive-no-objection = There is no objection to answer.
refusal-directive-later = The new day must be later than the present one.
refusal-directive-not-asked = Nobody asks for more time.
refusal-directive-item = Only work that belongs to this directive can finish a step. Put the item to it at the desk first.
refusal-directive-step = There is no such step. Reload the page.
refusal-directive-step-done = This step is done already.
office-act-directive-give = gave a directive
office-act-directive-accept = accepted a directive
office-act-directive-object = objected to a directive
office-act-directive-uphold = answered an objection
office-act-directive-ask = asked for more time
office-act-directive-extend = extended a directive
office-act-directive-decline = declined more time
office-act-directive-step = finished a step
office-act-directive-step-reopen = opened a finished step again
office-act-directive-close = closed a directive
office-act-directive-withdraw = withdrew a directive
# The meeting
matter-directive = Overdue directives: { $count }
matter-difficulty = Stuck difficulties: { $count }
matter-project = Projects behind: { $count }
matter-help = Help wanted: { $count }
matter-visit = Visits to be joined: { $count }
matter-day-directive = due { $day }
matter-day-difficulty = raised { $day }
matter-day-project = { $day }
matter-day-help = { $day }
matter-day-visit = { $day }
meeting-matters = To be talked about first
meeting-order = Make it a directive
meeting-order-act = Give it now
meeting-order-begin = Begin with words on the screen
meeting-order-make = directive
meeting-order-from = Make a directive of “{ $words }”
meeting-order-done = Given on the spot. Those who do it are told.
meeting-given = Given in this meeting: { $count }
minutes-decisions = Decisions
minutes-decisions-none = No public decision.
minutes-decision-who = { $owners }, by { $day }
minutes-decided-count = Public decisions: { $count }
issue-held =
    { $minutes ->
        [one] Meeting: 1 minute
       *[other] Meeting: { $minutes } minutes
    }
minutes-heard = Published
minutes-heard-count =
    { $count ->
        [one] the report of 1 person
       *[other] reports of { $count } people
    }
minutes-returned-count = { $count }
minutes-took = Length
minutes-minutes =
    { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
minutes-scan = Scan for the page
minutes-public = Minutes
minutes-as-long =
    { $count ->
        [one] The last one
       *[other] The last { $count }
    } took { $usual ->
        [one] 1 minute
       *[other] { $usual } minutes
    } on average: about as long
minutes-shorter =
    { $count ->
        [one] The last one
       *[other] The last { $count }
    } took { $usual ->
        [one] 1 minute
       *[other] { $usual } minutes
    } on average: { $by ->
        [one] 1 minute
       *[other] { $by } minutes
    } shorter
minutes-longer =
    { $count ->
        [one] The last one
       *[other] The last { $count }
    } took { $usual ->
        [one] 1 minute
       *[other] { $usual } minutes
    } on average: { $by ->
        [one] 1 minute
       *[other] { $by } minutes
    } longer
print-minutes = Minutes (PDF)
print-minutes-what = How long the meeting took, how many reports it published, and the public decisions; one A4 page.
redact-affair-title = Take the public words away
redact-affair-what = Words and reasons go from the board, from copies of the log and from here; who did what on which day stays. Of an open directive its own words stay for those who do it.
directive-done-redacted = The public words are taken away.
office-act-affair-redact = took public words of a directive or a difficulty away
directive-item-draft = A line that is still being written; you read it once it is filed
directive-answer-for = You are answering for { $name }.
directive-close-steps = { $count ->
    [one] One step is not marked as done. Nothing can be marked after closing.
   *[other] { $count } steps are not marked as done. Nothing can be marked after closing.
}
directive-first-due = first { $day }
refusal-directive-far = That is too far away: an order is due within { $years } years. Look whether the day is what you meant.
refusal-directive-no-day = There is no such day as “{ $words }” in the steps; please change it.
