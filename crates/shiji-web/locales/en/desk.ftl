desk-of = { $name }: this week
desk-due = Due { $time }
desk-minutes =
    { $minutes ->
        [one] 1 minute spent here this week
       *[other] { $minutes } minutes spent here this week
    }
desk-on-leave = You are on leave this period; substitute: { $name }. Nothing to file.
desk-returned = Sent back:
desk-returned-item = Sent back because
desk-files-for = You may file for:
desk-last-plan = Last week's plan
desk-answered =
    { $count ->
        [one] 1 item, { $left } not answered yet
       *[other] { $count } items, { $left } not answered yet
    }
desk-why = Why
desk-capture = Write it down
desk-capture-example = What did you do today? A whole list can be pasted, too.
desk-capture-hint = Several items at once are fine; they are divided by themselves. Say what was done, where, how much, with what result.
desk-capture-act = Keep it
desk-work-empty = Nothing yet. Note each thing when it is done.
desk-plan-empty = No plan yet.
desk-plan-add = One more
desk-plan-example = what, where, how far
desk-plan-due = Done by
desk-plan-act = Add
desk-words = Words
desk-difficulty = Difficulty (may stay empty)
desk-edit = Change, difficulty, evidence
desk-edit-done = Done
desk-remove = Take this item away
desk-clear = Clear.
desk-pass = I have looked: this is no resident's personal data
desk-evidence = Photo or PDF
desk-evidence-caption = Caption
desk-evidence-public = Show this photo on the board
desk-evidence-hint = Photos are drawn anew: place and time of taking do not stay in them. Do not publish photos with residents' faces.
desk-evidence-act = Upload
desk-ready = Ready to be filed.
desk-file = File
desk-filed = Filed.
desk-withdraw = Take back
desk-withdraw-hint = Possible until the meeting begins.
desk-saving = Saving …
desk-saved = Saved
desk-not-saved = No network: your words are kept on this device and saved when it is back.
desk-filed-notice = Filed. The meeting hears it next.
desk-captured-notice = Kept.
desk-conflict-notice = This item was changed elsewhere as well. Both versions are kept: please choose.
desk-delegate = Let somebody file for me
desk-delegate-who = Delegate
desk-delegate-first = From
desk-delegate-last = To
desk-delegate-hint = A report filed by a delegate says so on the board.
desk-delegate-act = Name
conflict-what = This item was changed in another place too. Both texts are here: please choose.
conflict-standing = As it stands
conflict-waiting = The other, { $time }
conflict-use = Use this
conflict-both = Keep both
evidence-public = public
evidence-private = not public
remove = Take away
comments = Comments
notice-reminder = The office reminds you: this week's report has not been filed.
notice-returned = One of your items was sent back. Please mend it and file again.
notice-read = Noted
desk-merged-notice = The difficulty or day of this item was also changed elsewhere. Both are in it now; please read it once.
desk-item-gone = This item was removed elsewhere. What you just wrote is back in the capture box.
desk-unsent = There are words in a box that are not kept yet. Keep them first, then file.
desk-signed-out = You are signed out. Your words are kept on this device; sign in and come back to this page.

# What an item belongs to
link-directive = Directive
link-milestone = Milestone
link-visit = Joint visit
link-help = Help
link-to = Belongs to
link-filed = The report is handed in again by itself; it need not be taken back.
link-act = Put it there
link-away = Take away
link-away-one = No longer part of “{ $name }”
link-proposed = Part of “{ $name }”
