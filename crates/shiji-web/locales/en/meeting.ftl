meeting-control = Chair's phone
meeting-screen = Big screen
meeting-open = Open the meeting
meeting-open-hint = From then on filed reports cannot be taken back.
meeting-close = Close and publish
meeting-close-ask = Close the meeting and publish?
meeting-close-what =
    { $count ->
        [one] The report of 1 official is published at once. What is published is not changed in silence.
       *[other] The reports of { $count } officials are published at once. What is published is not changed in silence.
    }
meeting-close-returned = Sent back and not mended, so late in this issue: { $names }
meeting-close-missing = Not filed, so late in this issue: { $names }
meeting-close-act = Close and publish
meeting-since = began { $time }
meeting-minutes = Minutes of the last meeting
meeting-agenda =
    { $count ->
        [one] 1 report to hear
       *[other] { $count } reports to hear
    }
meeting-agenda-table = Agenda
meeting-missing =
    { $count ->
        [one] 1 has not filed
       *[other] { $count } have not filed
    }
who = Name
agenda-vague = Look
agenda-vague-count = { $count } to look at
agenda-broken = Not kept
agenda-difficulties = Difficulties
agenda-state = State
meeting-timer = Time used
meeting-progress = Progress
meeting-place = { $place } of { $total }
meeting-next-name = Next: { $name }
meeting-next = Next
meeting-previous = Previous
meeting-turn = Change the person
meeting-rest = Accept all without a flag
meeting-all = The whole list
meeting-note = Notes on this report
meeting-note-what = What was said (not published)
meeting-note-act = Keep
meeting-notes = Minutes
meeting-notes-what = Notes on the whole meeting (not published)
minutes-when = When
minutes-length =
    { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
minutes-chair = Chair
minutes-published = Published
minutes-accepted = Accepted
minutes-returned-here = Sent back in the meeting
minutes-returned-all = Sent back this period, before and in the meeting
minutes-took-compared = { $took } ({ $compared })
meeting-close-early = The time for filing ends on { $time } and has not ended. If you close now, everybody who has not filed is shown as late, and their plans as unanswered.
meeting-open-ask = Open the meeting now?
meeting-open-now = Filed: { $filed }. Not filed yet: { $missing }. { "" }
meeting-open-early = The time for filing ends on { $time } and has not ended.
meeting-open-rehearsal = The week goes on until { $day }. In earnest the meeting cannot begin before; this is a demonstration, so it can.
meeting-open-missing = Not filed yet: { $names }
meeting-open-act = Open it now
meeting-too-early = The week is not over: the meeting can begin from { $day } on. If it really has to be earlier, the office changes the time of the meeting in the calendar first.
meeting-cancel = Take this meeting back
meeting-cancel-hint = Only for a tap by mistake: nothing was decided, ordered or noted yet. Everything is as before, and reports can be taken back again. The audit trail keeps it.
meeting-cancel-act = Take it back
meeting-cancelled = Taken back; no meeting has begun.
meeting-order-help = 协助解决：{ $words }
