office-way-week = Who has filed
office-way-roster = Roster
office-way-calendar = Calendar
office-way-leave = Leave
office-way-corrections = Corrections
office-way-audit = Audit trail
office-crumbs = You are here
office-name = Name
office-unit = Unit
office-post = Post
office-state = State
office-when = When
office-items = Items
office-days = Days
office-first-day = From
office-last-day = To (inclusive)
office-state-late = Late
office-state-late-draft = Late, begun
office-state-leave = On leave
office-state-filed-late = Filed late
office-week-hours = due { $due }, meeting { $meeting }
office-week-published = Issue { $number }, published
office-week-median =
    { $minutes ->
        [one] Median time spent on a report: 1 minute
       *[other] Median time spent on a report: { $minutes } minutes
    }
office-week-expected = Expected
office-week-filed = Filed
office-week-leave = On leave
office-week-late = Late
office-week-missing = Not yet filed
office-week-leaf = Other periods
office-week-earlier = ← Earlier period
office-week-later = Later period →
office-week-import = Import this week's sheet
office-remind = Remind
office-remind-all =
    { $count ->
        [one] Remind the one who has not filed
       *[other] Remind the { $count } who have not filed
    }
office-remind-one = Remind { $name }
office-reminded-at = reminded { $at }
office-filed-by = (filed by { $name })
office-substitute-is = substitute: { $name }
office-items-count = { $work } work, { $plan } plan
office-roster-count =
    { $people ->
        [one] 1 person
       *[other] { $people } people
    }, { $filers } of them with a duty to file
office-roster-uninvited =
    { $count ->
        [one] 1 person has no account yet: choose the name and make an invitation link.
       *[other] { $count } people have no account yet: choose a name and make an invitation link for them.
    }
office-roster-import = Import a roster
office-duty = Duty to file
office-duty-leadership = Leadership team
office-duty-mid-level = Head of a station or office
office-duty-village = Village party secretary
office-duty-voluntary = Voluntary
office-duty-none = None
office-supervisor = Leader in charge
office-deputy = Official B (asked when this one is away)
office-where = Office (public)
office-open-hours = Hours (public)
office-supervisor-none = None
office-telephone = Office telephone
office-telephone-public = Office telephone (public)
office-mobile = Mobile (never public)
office-duties = In charge of (public)
office-duties-hint = One matter a line; residents find the person by these. Everyday words can stand behind in brackets, such as 贷免扶补（贷款、创业贷款）.
office-account = Account
office-account-open = Open
office-account-none = Not open
office-since = in office since { $day }
office-until = until { $day }
office-roles = Rights of this post
office-roles-set = Change rights
office-role-clerk = Clerk (roster, calendar, publishing)
office-role-chair = Chairs the meeting
office-role-auditor = Auditor (reads, changes nothing)
office-role-administrator = Administrator
office-invitation = Invitation
office-invitation-first = There is no account yet. Make a link and send it; it sets a password, is good for seven days and can be used once.
office-invitation-again = There is an account. If the password was forgotten, a new link sets another one.
office-invitation-shown = Send this link to { $name } alone. It is good for seven days, can be used once, and is not shown again after you leave this page:
office-invite = Make an invitation link
office-calendar-hint = Usually one period a week; around long holidays several weeks can be one period.
office-merge = Make one period
office-merge-hint = Give the first and the last day of the period. What is left of a neighbour and shorter than four days joins the next one; nothing that was written is lost.
office-merge-act = Make one period
office-periods = Periods
office-period-open = Open
office-period-ahead = Ahead
office-issue = Issue { $number }
office-reports = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
office-publish-at = published { $at } if no meeting is held
office-hours = Change hours
office-due = Due
office-meeting = Meeting
office-publish = Publish by itself (optional)
office-publish-hint = If no meeting was held by this time, the period is published without one.
office-following = The same hours for all later periods
office-leave-record = Record leave
office-leave-who = Who is on leave
office-substitute = Substitute
office-leave-hint = The board names the substitute. Whoever is on leave may still file.
office-leave-list = Recorded leave
office-leave-none = No leave in these weeks.
office-leave-remove = Remove
office-leave-remove-one = Remove the leave of { $name }
office-delegations = Filing for others
office-delegations-hint = People name their delegates at their own desk; the delegate's name is published with the report.
office-delegations-none = Nobody has named a delegate.
office-delegation = { $delegate } may file for { $name }
office-correction-hint = Nothing published is changed in silence: a correction is a new record, and the board shows old and new.
office-correction-none = Nothing is published yet, so there is nothing to correct.
office-correction-issue = Issue
office-correction-show = Show items
office-correction-item = { $kind }, item { $number }
office-correction-act = Correct this item
office-correction-text = New words
office-correction-reason = Why it is corrected (public)
office-correction-publish = Publish the correction
office-audit-none = No entries yet.
office-audit-who = Who
office-audit-what = What
office-audit-whom = About
office-audit-issue =
    { $records ->
        [one] issue { $number }, 1 record
       *[other] issue { $number }, { $records } records
    }
office-audit-kept-waiting = the later words stand:
office-audit-kept-standing = the later words were not taken:
office-audit-kept-both = both are kept:
office-audit-change = Change
office-audit-program = The program
office-audit-leaf = More entries
office-audit-older = Older →
office-act-refused = Refused: no right to it
office-act-account-accept_invitation = Opened the account with an invitation
office-act-account-change_password = Changed the password
office-act-account-invite = Made an invitation link
office-act-account-set_password = Set a password
office-act-account-sign_in = Signed in
office-act-account-sign_out = Signed out
office-act-account-sign_out_everywhere = Signed out everywhere
office-act-delegate-name = Named a delegate
office-act-evidence-add = Added evidence
office-act-evidence-remove = Removed evidence
office-act-issue-publish = Published an issue
office-act-item-capture = Wrote an item
office-act-item-conflict = Kept both of two simultaneous versions
office-act-item-correct = Corrected a published item
office-act-item-edit = Changed an item
office-act-item-pass = Passed an item as not personal data
office-act-item-remove = Removed an item
office-act-item-resolve = Chose between two versions
office-act-leave-record = Recorded leave
office-act-leave-remove = Removed leave
office-act-meeting-cancel = Took a meeting back
office-act-meeting-close = Closed the meeting
office-act-meeting-note = Made a note in the meeting
office-act-meeting-notes = Wrote the minutes
office-act-meeting-open = Opened the meeting
office-act-period-deadline = Changed the hours of a period
office-act-period-merge = Merged periods
office-act-person-amend = Amended a person
office-act-plan-answer = Answered last period's plan
office-act-post-amend = Amended a post
office-act-post-roles = Changed rights
office-act-reminder-send = Reminded
office-act-report-comment = Commented
office-act-report-decide = Decided on a report
office-act-report-file = Filed
office-act-report-import = Imported a report
office-act-report-withdraw = Withdrew a report
office-act-roster-amend = Roster import: amended
office-act-roster-import = Imported a roster
office-act-roster-join = Roster import: joined
office-act-roster-leave = Roster import: left
office-act-roster-move = Roster import: moved
office-act-week-import = Imported a week's sheet
office-done-reminded = { $count ->
    [one] { $count } person was reminded.
   *[other] { $count } people were reminded.
}
office-done-deadline = The hours are changed.
office-done-merged = The calendar is changed.
office-done-leave = The leave is recorded.
office-done-leave-removed = The leave is removed.
office-done-person = The person is saved.
office-done-post = The post is saved. Residents see it with the next issue.
office-done-roles = The rights are changed and hold from now on.
office-done-corrected = The correction is published.
office-done-roster =
    { $count ->
        [one] The roster is imported: 1 change.
       *[other] The roster is imported: { $count } changes.
    }
office-done-week =
    { $count ->
        [one] The sheet is imported: 1 report.
       *[other] The sheet is imported: { $count } reports.
    }
office-import-file = File
office-import-file-hint = .xlsx or .csv. You see what would change before anything is written.
office-import-look = Show what would change
office-import-other = Choose another file
office-import-bad = This file was not imported, and nothing was changed.
office-import-cannot = Nothing was written. Mend what is listed below in the sheet, and upload it again.
office-import-not-yet = Nothing is written yet. Look through the list below, then confirm.
office-import-unread = These cells could not be read and stay empty
office-import-row = Row
office-import-row-number = row { $row }
office-roster-day = These changes hold from
office-roster-from = These changes hold from { $day }.
office-roster-first = This is the first import: people are entered without a first day.
office-roster-summary =
    { $people ->
        [one] 1 person
       *[other] { $people } people
    } in the sheet, { $changes ->
        [one] 1 change
       *[other] { $changes } changes
    }, { $same } as they were
office-roster-apply =
    { $count ->
        [one] Apply this change
       *[other] Apply these { $count } changes
    }
office-roster-same = The roster and the sheet say the same; nothing changes.
office-change = Change
office-change-what = What
office-change-joined = Joined
office-change-left = Left
office-change-moved = Moved
office-change-amended = Amended
office-change-absent = not in the sheet
office-particular-duty = Duty to file
office-particular-supervisor = Leader in charge
office-particular-telephone = Office telephone
office-particular-mobile = Mobile
office-particular-duties = In charge of
office-problems = Please look
office-problem-twice = Rows { $row } and { $other } have one name in one unit and cannot be told apart.
office-problem-supervisor = Row { $row }: “{ $supervisor }” is nobody, or several, of the leadership; the leader in charge stays empty.
office-week-days = The days of this sheet
office-week-skip-written = Skip people who have written themselves
office-week-skip-unknown = Skip people who are not in the roster
office-week-summary =
    { $reports ->
        [one] 1 report
       *[other] { $reports } reports
    }, { $items ->
        [one] 1 item
       *[other] { $items } items
    }
office-week-new-period = The calendar has no such period yet; the import lays it down.
office-week-apply =
    { $count ->
        [one] Import 1 report
       *[other] Import { $count } reports
    }
office-week-none-late = Nobody is missing.
office-week-late-list = Not in the sheet; will stand as late
office-week-leave-list = On leave
office-week-written-list = Wrote themselves; stay as they are
office-week-replaces = replaces an earlier import
office-week-trouble-unknown = not in the roster
office-week-trouble-personal-data = seems to hold a resident's personal data: becomes a draft that the person mends and files
office-week-trouble-long = an item is too long, or there are too many
refusal-deadline-order = The hours are out of order: the deadline is not before the first day nor after the meeting, and publishing is not before the meeting.
refusal-merge-meeting = The meeting of this period has begun; its days cannot change any more.
refusal-remind-nobody = There is nobody to remind: all have filed or are on leave.
refusal-substitute-on-leave = The substitute is on leave in those days too. Choose somebody else.
refusal-leave-overlaps = Leave of this person is recorded for those days already.
refusal-not-in-office = { $name } holds no post in those days.
refusal-telephone = “{ $text }” does not look like a telephone number: only digits and - + ( ) and the like.
refusal-deputy-self = A post cannot stand in for itself.
refusal-supervisor-self = A post cannot be in charge of itself.
refusal-last-administrator = This is the last administrator. Give the right to somebody else first.
refusal-roster-empty = No people were found in the sheet.
refusal-roster-twice = Rows { $row } and { $other } are both “{ $name }” of { $unit } and cannot be told apart. Mend the sheet and upload it again.
refusal-week-changed = The roster or the reports changed after you looked. Please look again and confirm.
refusal-week-empty = The sheet holds no report that can be imported.
refusal-week-long = Row { $row } ({ $name }) has an item over 500 characters, or more than 60 items. Divide it and upload again.
office-done-redacted = Taken away.
office-act-item-redact = Published words taken away
