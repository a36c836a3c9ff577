# Key projects
nav-projects = Projects
projects = Key projects
projects-none = No key project has been published yet.
today = today
project-status-behind = behind
project-status-on-time = on time
project-status-ahead = ahead
project-status-stopped = stopped
project-status-finished = finished
project-group = { $status } ({ $count })
project-rule = How “ahead, on time, behind” is computed
project-rule-1 = A project that was declared finished or stopped is called so.
project-rule-2 = A milestone not yet reached counts with its present forecast, or with today where the forecast has passed.
project-rule-3 = A milestone that was late already when it was said that it will not be built goes on counting by the days that it was late then, until the project is declared finished or stopped; taken up again it counts with the day first promised.
project-rule-4 = Behind: at least one such milestone comes later than promised, be it by one day.
project-rule-5 = Ahead: none comes later, and the next one is expected earlier than promised.
project-rule-6 = On time: everything else. Where all are reached and the project is not yet declared finished, the day of the last one decides.
project-as-of = Computed for { $day }. Promised days are laid down when a project is published, and never change.
project-next = Next
project-reached-of =
    { $reached } of { $all ->
        [one] 1 milestone
       *[other] { $all } milestones
    } reached
project-leader-is = leader in charge { $name }
project-name = Name
project-aim = What it is for, in a sentence
project-leader = Leader in charge
project-units = Responsible units
project-money = Cost
project-site = Place
project-started = Begun
project-public-since = Public since
project-ask = Ask about this project
project-timetable = Timetable
project-drawing-title = Timetable of { $name }
project-drawing-desc = One bar for each milestone: it ends on the day it was reached or is now expected, the vertical mark is the promised day, the dashed box is what lies behind it; whatever is reached is solid. The table below says the same.
project-drawing-key = Solid: reached, be it late. Hollow: not yet. Black mark: promised day. Dashed box: later than promised. Red line: today. A bar leads to the work that moved it.
project-table = All milestones
project-milestone = Milestone
project-promised = Promised
project-now = Now
project-difference = Compared
project-shifts = Times moved
project-days-late = { $days ->
    [one] { $days } day later
   *[other] { $days } days later
}
project-days-early = { $days ->
    [one] { $days } day earlier
   *[other] { $days } days earlier
}
project-days-none = as promised
milestone-reached = reached
milestone-coming = under way
milestone-late = later than promised
milestone-overdue = forecast has passed
milestone-dropped = will not be built
milestone-dropped-late = will not be built, still late
milestone-dropped-on = dropped on { $day }
milestone-reached-on = reached on { $day }
milestone-no-item = { $now } (no item shows it)
milestone-item-waits = { $now } (the item that shows it is not public yet)
milestone-forecast-on = expected on { $day }
milestone-forecast-passed = expected on { $day }, which has passed
project-promised-and-now = Promised for { $promised }, { $now }
project-week = What changed this week
project-week-since = Since { $day }
project-week-none = Nothing changed this week.
project-parts = What moved each milestone
project-no-items = No published item belongs to this milestone yet.
project-items = Work that moved it ({ $count })
project-questions = What residents asked about it
project-photos = Photos
project-story = The project as a whole
project-log-what = Every step of this project is in the log, so that none can be changed in silence
project-said-by = Said by { $name }
project-by-item = the item behind it
item-milestone = Milestone
item-log-kind-project = Project published
item-log-kind-project-step = Step of the project
project-step-shifted = Forecast of “{ $name }” moved from { $from } to { $to }
project-step-reached = “{ $name }” reached on { $to }
project-step-not-reached = “{ $name }” is not reached; the earlier entry is taken back
project-step-added = Milestone “{ $name }” added, promised for { $to }
project-step-dropped = Milestone “{ $name }” will not be built
project-step-taken-up = Milestone “{ $name }” will be built after all; its promised day is the same
project-step-described = The description of the project changed
project-step-finished = Declared finished
project-step-stopped = Declared stopped
project-step-resumed = Goes on
# The desk
project-work-what = Promised days do not change once they are public. A forecast may, with a reason that everybody can read. Progress is told by the week's items and reported nowhere else.
project-own = Mine ({ $count })
project-own-none = No key project is in your charge or your unit's.
project-others = Others ({ $count })
project-public-page = Public page
project-not-yours = This project is moved by its leader and the responsible units; you can only read it.
project-begin = Publish a new project
project-begin-what = The next page shows it once more; it is public when you confirm that. Promised days that are public can never be changed.
project-begin-look = Look at it before it is public
project-begin-change = Go back and change it
project-proposed = Nothing is public yet.
project-proposed-what = This is what everybody will see. “Publish this project” makes it public at once; the promised days can then never be changed or taken back.
project-remarks = Look twice
project-remark-past = The promised day of “{ $name }” ({ $day }) has passed: once public, the project is behind unless it is entered as reached.
project-remark-far = The promised day of “{ $name }” ({ $day }) is more than five years away. Look at the year.
project-remark-no-start = No start is told: nothing can be entered as reached before the day on which the project becomes public.
project-begin-act = Publish this project
project-units-hint = Several may be chosen; hold Ctrl and click, on a phone tick them.
project-money-hint = As written, with its unit, such as “32 million yuan”; empty where it is not public.
project-baseline = Milestones and promised days
project-baseline-what = One milestone a line, at least one; leave the rest empty.
project-milestone-number = Milestone { $number }
project-day-number = Promised day of milestone { $number }
project-reach = Reached
project-reached-day = Day on which it was reached
project-reached-by = By which item
project-reached-by-none = By no single item
project-link-first = Put an item to this milestone at the desk: it appears here, and is published with the milestone.
project-shift = Move the forecast
project-shift-to = New forecast
project-why = Why (public)
project-shift-hint = The promised day stays and is shown beside it.
project-shift-act = Move the forecast
project-drop = This milestone will not be built
project-drop-act = It will not be built
project-take-up = This milestone will be built after all
project-take-up-act = Take it up again
project-take-up-hint = Its promised day is the one that it had; where it comes later, move the forecast afterwards.
project-take-back = It is not reached after all
project-take-back-act = Take “reached” back
project-shape = The project itself
project-add = Add a milestone
project-add-hint = Its promised day is fixed from today; the page says that it was added later.
project-add-act = Add the milestone
project-describe = Change the description
project-describe-act = Publish the change
project-finish = Declare it finished
project-finish-hint = Once all milestones are reached, or will not be built, the project can be declared finished here.
project-stop = Stop the project
project-stop-act = Declare it stopped
project-resume = Go on with the project
project-resume-act = Go on
project-done-begun = Published.
project-done-shifted = The forecast is moved, and the reason is public.
project-done-reached = Entered as reached.
project-done-taken-back = Taken back.
project-done-added = The milestone is added.
project-done-dropped = Published: it will not be built.
project-done-taken-up = The milestone is taken up again.
project-done-described = The change is published.
project-done-ended = Published.
project-done-imported = The list is taken in and published.
# Taking in a list
project-import = Take in a list
project-import-columns = The list that your office keeps will do (.xlsx or .csv): a column 项目名称, and 节点 or 计划完成时间; 责任单位, 分管领导, 总投资, 建设地点, 建设内容, 开工时间, 实际完成时间, and 预计完成时间 with its 原因 are read where they are there. Amounts need a unit: in the title, in the cell, or above the table as 单位：万元. Several milestones in one cell or one a row, both work.
project-import-summary =
    { $projects ->
        [one] 1 project
       *[other] { $projects } projects
    }, { $milestones ->
        [one] 1 milestone
       *[other] { $milestones } milestones
    }.
project-import-left-out = Left out on purpose
project-import-moved = expected on { $day } (why: { $reason })
project-import-unread = The column of present progress is not taken in: from now on the week's items tell it.
project-import-hint = Once confirmed these projects are public, and their promised days can never be changed.
project-import-apply = { $count ->
    [one] Take in and publish { $count } project
   *[other] Take in and publish { $count } projects
}
project-trouble-known = A project of this name is open already, or stands twice in the list. Rename it, or take the row away.
project-trouble-unit = The roster has no unit “{ $unit }”. Write it as the roster does.
project-trouble-no-unit = There is no responsible unit; fill it in.
project-trouble-leader = The roster has no “{ $leader }”, or several. Write the name.
project-trouble-personal-data = The words hold what looks like personal data, such as a telephone number. Take it away.
project-trouble-long = The name of the project or a milestone has over 60 characters. Write it shorter.
project-trouble-twice = Two milestones have one name. Tell them apart.
project-trouble-many = There are more than 30 milestones. Join some.
project-trouble-day = A day makes no sense. Look at the years of the start and the milestones.
project-trouble-start = The project starts after its last milestone. Look again.
project-trouble-before-start = A milestone lies before the start. Look again.
project-trouble-reached-early = “{ $milestone }” was reached before the project's start. Look again.
project-trouble-forecast-past = The forecast of “{ $milestone }” has passed. Give another one, or the day on which it was reached.
project-trouble-reason-long = The reason for another day is too long. Write it shorter.
project-trouble-reached = “{ $milestone }” was reached on a day still to come. Look again.
# Refusals
refusal-project-no-milestone = There is no milestone. Write at least one with its promised day.
refusal-project-milestones = There can be { $most } milestones at most. Join some and send it again.
refusal-project-milestone-twice = There is a milestone “{ $name }” already. Call it otherwise.
refusal-project-milestone = This project has no such milestone. Load the page again.
refusal-project-milestone-dropped = It was said of the milestone “{ $name }” that it will not be built. Take that one up again, and move its forecast where it comes later.
refusal-project-start-late = The project starts after its last milestone ({ $day }). Look at the days and send it again.
refusal-project-before-start = The milestone “{ $name }” lies before the start ({ $day }). Look at the days and send it again.
refusal-project-day = The day { $day } makes no sense. Look at the year and send it again.
refusal-project-forecast-past = A forecast cannot be a day that has passed. If the milestone is reached, say so.
refusal-project-forecast-same = The forecast is the same. Choose another day to move it.
refusal-project-reached = This milestone is reached. If that was a mistake, take it back first.
refusal-project-reached-later = That day is still to come. Choose today or an earlier day.
refusal-project-reached-early = A milestone cannot be reached before { $day } (the start; where none was told, the day on which the project became public). Look at the day and send it again.
refusal-project-not-dropped = Nobody said that this milestone will not be built. Load the page again.
refusal-project-not-reached = Nobody called this milestone reached; there is nothing to take back.
refusal-project-dropped = This milestone will not be built. If it will be after all, take it up again.
refusal-project-last-milestone = This is the last milestone. If nothing will be built, stop the project.
refusal-project-finished = This project is finished. To change it, let it go on first.
refusal-project-stopped = This project is stopped. To change it, let it go on first.
refusal-project-open = This project goes on already.
refusal-project-unfinished = The milestone “{ $name }” is open. Call it reached, or say that it will not be built, and finish then.
refusal-project-units = Choose one to { $most } responsible units.
refusal-project-unit = One of the units is not in the roster. Load the page again and choose.
refusal-project-leader = This leader holds no post now. Look at the roster and choose again.
refusal-project-twice = A project “{ $name }” is open already. Change that one on its page, or choose another name.
refusal-project-item = This item does not belong to the milestone. Put it there at the desk first.
refusal-project-form-used = This form has published “{ $name }” just now, so nothing else was published. If this is another project, look at it again and publish it.
refusal-project-half = Milestone { $number } has a name or a day only. Fill in both, or leave both empty.
refusal-projects-changed = The roster or the projects changed after the preview. Look at the new one and confirm it.
refusal-projects-problem = Row { $row } still has a problem, so nothing of the list was taken in. Mend it and upload it again.
refusal-projects-empty = There is no project in the list. Look at it and upload it again.
notice-project-shifted = A forecast was moved in a key project that you are in charge of.
office-act-project-begin = Project published
office-act-project-shift = Forecast moved
office-act-project-reach = Milestone reached
office-act-project-take_back = Milestone not reached after all
office-act-project-add = Milestone added
office-act-project-drop = Milestone will not be built
office-act-project-take_up = Milestone taken up again
office-act-project-describe = Project described anew
office-act-project-finish = Project finished
office-act-project-stop = Project stopped
office-act-project-resume = Project goes on
office-act-project-import = Project taken in
project-record = { $day }: { $what }
project-redact = Take words away
project-redact-what = For personal data and whatever else must not be public: the reason, aim, money and place of one entry go. Milestones, days and where the project stands stay, and so does an entry that says what was done.
project-redact-which = Which entry
project-done-redacted = The words are taken away.
office-act-project-redact = Words of a project taken away
project-print = Print the timetable
project-print-all = Print all timetables
project-shifts-printed = Forecasts moved, and why
project-scan = scan for progress
project-drawing-key-printed = Solid: reached, be it late. Hollow: not yet. Black mark: promised day. Dashed box: later than promised. Red line: today.
project-photo-then = First
project-photo-now = Latest
