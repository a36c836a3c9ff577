//! Every form of the working side, as its page would send it.

use crate::town::Ids;

/// What may stand in a field, so that it can be broken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of something that exists here and that the sender has to do with.
    Id,
    /// A number, a date, an id that only leads back: anything else is refused.
    Shape,
    /// As `Shape`, but may be empty.
    Optional,
    /// One of a few words.
    Code,
    /// Words of people: not empty, not endless.
    Words,
    /// Whatever it is, it is not what the form fails by.
    Any,
}

pub struct Field {
    pub name: &'static str,
    pub value: String,
    pub kind: Kind,
}

pub struct Form {
    pub path: String,
    pub sender: &'static str,
    pub multipart: bool,
    pub fields: Vec<Field>,
}

fn form(sender: &'static str, path: &str, fields: &[(&'static str, &str, Kind)]) -> Form {
    let fields = fields
        .iter()
        .map(|(name, value, kind)| Field { name, value: (*value).to_owned(), kind: *kind })
        .collect();
    Form { path: path.to_owned(), sender, multipart: false, fields }
}

pub fn all(ids: &Ids) -> Vec<Form> {
    let parts = [
        desk(ids),
        today(ids),
        leader_and_meeting(ids),
        together(ids),
        plans(ids),
        office(ids),
        projects(ids),
        account(),
    ];
    parts.into_iter().flatten().collect()
}

fn desk(ids: &Ids) -> Vec<Form> {
    use Kind::{Any, Code, Id, Optional, Shape, Words};
    let (owner, item) = (("owner", ids.owner.as_str(), Id), ("item", ids.item.as_str(), Id));
    let (led_back, version) = (("owner", ids.owner.as_str(), Shape), ("version", "1", Shape));
    let water = |path: &str, fields: &[(&'static str, &str, Kind)]| form("水务", path, fields);
    let words = ("text", "更换西湾村水表12只", Words);
    let mut upload = water(
        "/desk/evidence",
        &[led_back, item, ("caption", "泵站", Any), ("public", "yes", Any), ("file", "not a photo", Any)],
    );
    upload.multipart = true;
    vec![
        water(
            "/desk/capture",
            &[owner, ("kind", "plan", Any), ("due", "", Optional), ("words", "检修泵站", Words)],
        ),
        water(
            "/desk/item",
            &[led_back, item, version, words, ("due", "", Optional), ("difficulty", "缺人", Any)],
        ),
        water("/desk/save", &[item, version, words, ("due", "", Optional)]),
        water("/desk/remove", &[led_back, item, version]),
        water("/desk/pass", &[led_back, item, version]),
        water(
            "/desk/answer",
            &[owner, ("plan", &ids.planned, Id), ("outcome", "moved", Code), ("reason", "配件未到", Words)],
        ),
        water(
            "/desk/resolve",
            &[
                led_back,
                ("item", &ids.torn_item, Id),
                ("conflict", &ids.conflict, Id),
                ("version", "2", Shape),
                ("waiting", "更换渡口水表9只", Words),
                ("keep", "waiting", Code),
            ],
        ),
        water("/desk/file", &[owner]),
        water("/desk/withdraw", &[owner]),
        water(
            "/desk/delegate",
            &[("delegate", &ids.other, Id), ("first", "2026-11-09", Shape), ("last", "2026-11-10", Shape)],
        ),
        water("/desk/delegate/end", &[("delegate", &ids.other, Id)]),
        water("/desk/move", &[led_back, item, ("after", &ids.torn_item, Shape)]),
        water("/desk/dealt", &[led_back, ("item", &ids.item, Shape), ("comment", &ids.comment, Id)]),
        water(
            &format!("/desk/question/{}", ids.question),
            &[("act", "answer", Code), ("answer", "明天上午来换", Words)],
        ),
        water("/desk/read", &[]),
        water("/desk/minutes", &[owner, ("seconds", "30", Shape)]),
        water("/desk/check", &[("words", "检修泵站", Words)]),
        water("/desk/evidence/remove", &[led_back, ("evidence", &ids.evidence, Id)]),
        upload,
    ]
}

fn today(ids: &Ids) -> Vec<Form> {
    use Kind::{Any, Code, Id, Optional, Shape, Words};
    let water = |path: &str, fields: &[(&'static str, &str, Kind)]| form("水务", path, fields);
    let key = ("key", "0197a000-0000-7000-8000-000000000001", Shape);
    let (kind, subject) = (("kind", "plan", Code), ("subject", ids.planned.as_str(), Id));
    vec![
        water("/today/add", &[key, ("words", "周四前到东湾村查表", Words)]),
        water("/today/done", &[key, kind, subject, ("words", "查了12户", Any)]),
        water("/today/move", &[key, kind, subject, ("to", "2026-11-14", Shape)]),
        water("/today/stuck", &[key, kind, subject, ("stuck", "配件未到", Words)]),
        water("/today/back", &[key, kind, subject]),
        water(
            "/today/where",
            &[
                ("presence", "out", Code),
                ("back_on", "", Optional),
                ("back_at", "", Optional),
                ("ask", "", Optional),
            ],
        ),
    ]
}

fn leader_and_meeting(ids: &Ids) -> Vec<Form> {
    use Kind::{Any, Code, Id, Optional, Words};
    let report = ("report", ids.report.as_str(), Id);
    let decide = [
        report,
        ("item", &ids.filed_item, Optional),
        ("decision", "return", Code),
        ("reason", "哪里?", Words),
    ];
    vec![
        form("镇长", "/leader/decide", &decide),
        form(
            "镇长",
            "/leader/comment",
            &[report, ("item", &ids.filed_item, Optional), ("words", "看过", Words)],
        ),
        form("书记", "/meeting/open", &[]),
        form("书记", "/meeting/close", &[("meeting", &ids.meeting, Id)]),
        form("书记", "/meeting/show", &[("turn", "", Any), report]),
        form("书记", "/meeting/decide", &decide),
        form("书记", "/meeting/rest", &[]),
        form("书记", "/meeting/note", &[report, ("words", "记一句", Words)]),
        form("书记", "/meeting/notes", &[("before", "", Any), ("notes", "会议记录", Any)]),
    ]
}

/// Orders and difficulties.
fn together(ids: &Ids) -> Vec<Form> {
    use Kind::{Any, Code, Id, Optional, Shape, Words};
    let leader = format!("person.{}", ids.leader);
    let order: Vec<(&'static str, &str, Kind)> = vec![
        ("text", "检修西湾泵站", Words),
        ("owner", &ids.owner, Id),
        ("due", "2026-12-01", Shape),
        ("steps", "拆检\n装回", Any),
    ];
    let with = |more: &[(&'static str, &'static str, Kind)]| [order.clone(), more.to_vec()].concat();
    let inspected =
        with(&[("source", "inspection", Code), ("question", "", Optional), ("public", "yes", Any)]);
    vec![
        form("镇长", "/directive/new", &inspected),
        form("书记", "/meeting/directive", &with(&[("source", "meeting", Code)])),
        form(
            "水务",
            &format!("/directive/{}", ids.directive),
            &[("act", "object", Code), ("reason", "厂家缺货", Words)],
        ),
        form("水务", "/desk/difficulty", &[("item", &ids.stuck_item, Id), ("to", &leader, Code)]),
        form(
            "镇长",
            &format!("/difficulties/{}", ids.difficulty),
            &[("act", "answer", Code), ("answer", "从水务局借两名", Words)],
        ),
    ]
}

/// Colleagues' plans, help and visits.
fn plans(ids: &Ids) -> Vec<Form> {
    use Kind::{Any, Code, Id, Shape, Words};
    let [one, other, ..] = &ids.joint;
    let both = [("item", one.as_str(), Id), ("item", other.as_str(), Id), ("spot", "东湾村", Words)];
    let visit = format!("/visit/{}", ids.visit);
    let civil = ("owner", ids.other.as_str(), Id);
    vec![
        form(
            "水务",
            "/plans/help/ask",
            &[("item", &ids.planned, Id), ("kind", "people", Code), ("words", "3人", Any)],
        ),
        form("水务", "/plans/help/close", &[("help", &ids.help, Id)]),
        form(
            "民政",
            "/plans/help/offer",
            &[("help", &ids.help, Id), ("helper", &ids.other, Id), ("words", "协助水务所检修泵站", Words)],
        ),
        form("水务", "/plans/help/decide", &[("offer", &ids.offer, Id), ("decision", "accept", Code)]),
        form("西村", "/plans/help/take", &[("offer", &ids.accepted, Id)]),
        form("东村", "/plans/help/withdraw", &[("offer", &ids.offer, Id)]),
        form(
            "民政",
            "/plans/visit/accept",
            &[
                both[0],
                both[1],
                both[2],
                ("spot-kind", "village", Code),
                ("lead", &ids.other, Id),
                ("on", "2026-11-18", Shape),
                ("purpose", "走访低保户", Words),
                ("announced", "no", Any),
            ],
        ),
        form("民政", "/plans/visit/refuse", &[both[0], both[1], both[2], ("reason", "不顺路", Words)]),
        form(
            "民政",
            &format!("{visit}/step"),
            &[("step", "moved", Code), ("to", "2026-11-19", Shape), ("reason", "改期", Words)],
        ),
        form("民政", &format!("{visit}/record"), &[civil, ("text", "走访低保户6户", Words)]),
        form("民政", &format!("{visit}/lead"), &[("leads", "no", Code), ("reason", "要去县里开会", Words)]),
        form("民政", &format!("{visit}/take-lead"), &[("person", &ids.other, Id)]),
        form(
            "党政办",
            &format!("{visit}/join"),
            // Who is brought along writes a plan of their own.
            &[("person", &ids.leader, Id), ("plan", "", Any), ("words", "一起去东湾村走访", Any)],
        ),
        form(
            "民政",
            &format!("{visit}/leave"),
            &[("person", &ids.other, Id), ("reason", "要去县里开会", Words)],
        ),
    ]
}

fn office(ids: &Ids) -> Vec<Form> {
    use Kind::{Any, Id, Optional, Shape, Words};
    let clerk = |path: String, fields: &[(&'static str, &str, Kind)]| form("党政办", &path, fields);
    let (period, other) = (&ids.period, &ids.other);
    let mut roster =
        clerk("/office/roster/import".into(), &[("day", "2026-11-13", Shape), ("file", "PK", Any)]);
    let mut week = clerk(
        "/office/week/import".into(),
        &[("first", "2026-11-09", Shape), ("last", "2026-11-15", Shape), ("file", "PK", Any)],
    );
    let mut projects = clerk("/office/projects/import".into(), &[("file", "PK", Any)]);
    roster.multipart = true;
    week.multipart = true;
    projects.multipart = true;
    let days = [("first", "2026-11-16", Shape), ("last", "2026-11-29", Shape)];
    vec![
        clerk(format!("/office/week/{period}/remind"), &[("person", other, Optional)]),
        clerk(format!("/office/person/{other}"), &[("name", "民政二", Words), ("mobile", "", Any)]),
        clerk(
            "/office/person/add".into(),
            &[
                ("name", "苏禾", Words),
                ("unit", "水务所", Words),
                ("title", "副所长", Words),
                ("supervisor", "", Optional),
                ("day", "2026-11-12", Shape),
            ],
        ),
        clerk(format!("/office/post/{other}/{}/end", ids.other_post), &[("last_day", "2026-12-31", Shape)]),
        clerk(format!("/office/person/{other}/invite"), &[]),
        clerk(
            format!("/office/post/{other}/{}", ids.other_post),
            &[("title", "主任", Words), ("supervisor", "", Optional)],
        ),
        clerk(format!("/office/post/{other}/{}/roles", ids.other_post), &[("auditor", "yes", Any)]),
        clerk("/office/calendar/merge".into(), &days),
        clerk(
            format!("/office/calendar/{period}/deadline"),
            &[
                ("due", "2026-11-15T12:00", Shape),
                ("meeting", "2026-11-16T09:00", Shape),
                ("publish", "", Optional),
            ],
        ),
        clerk(
            "/office/leave".into(),
            &[("person", other, Id), ("substitute", &ids.owner, Id), days[0], days[1]],
        ),
        clerk(format!("/office/leave/{}/remove", ids.nothing), &[]),
        clerk(
            "/office/corrections".into(),
            &[("item", &ids.published_item, Id), ("text", "改过的话", Words), ("reason", "写错了", Words)],
        ),
        clerk(
            "/office/redactions".into(),
            &[("item", &ids.published_item, Id), ("redaction", "personal_data", Any), ("sure", "yes", Any)],
        ),
        clerk("/office/terms/difficulty".into(), &[("difficulty-days", "5", Shape)]),
        clerk(
            "/office/terms".into(),
            &[
                ("answer-days", "5", Shape),
                ("extension-days", "5", Shape),
                ("reopened-days", "5", Shape),
                ("look-again-days", "28", Shape),
                ("contact-days", "60", Shape),
            ],
        ),
        clerk(
            "/office/terms/day".into(),
            &[("day", "2027-02-06", Shape), ("kind", "off", Any), ("name", "春节", Words)],
        ),
        clerk("/office/spots".into(), &[("firms", "金梭制衣厂 / 金梭", Any), ("sites", "", Any)]),
        clerk(
            "/office/outgoing/hook".into(),
            &[("url", "https://hooks.example.org/a", Words), ("robot_secret", "", Any)],
        ),
        clerk(format!("/office/outgoing/hook/{}/try", ids.nothing), &[]),
        clerk(format!("/office/outgoing/hook/{}/remove", ids.nothing), &[]),
        clerk(format!("/office/outgoing/job/{}/retry", ids.nothing), &[]),
        clerk(
            "/office/roster/import/apply".into(),
            &[("day", "2026-11-13", Shape), ("sheet", "UEs=", Any), ("seen", "x", Any)],
        ),
        clerk(
            "/office/week/import/apply".into(),
            &[days[0], days[1], ("sheet", "UEs=", Any), ("seen", "x", Any)],
        ),
        clerk("/office/projects/import/apply".into(), &[("sheet", "UEs=", Any), ("seen", "x", Any)]),
        roster,
        week,
        projects,
    ]
}

fn projects(ids: &Ids) -> Vec<Form> {
    use Kind::{Any, Id, Optional, Shape, Words};
    let path = format!("/desk/project/{}", ids.project);
    let of = |sender, act: &'static str, fields: &[(&'static str, &str, Kind)]| {
        let all: Vec<(&'static str, &str, Kind)> =
            [("act", act, Any)].iter().chain(fields).copied().collect();
        form(sender, &path, &all)
    };
    let (milestone, unit) = (("milestone", ids.milestone.as_str(), Id), ("unit", ids.unit.as_str(), Id));
    let reason = ("reason", "雨季延长", Words);
    vec![
        form(
            "党政办",
            "/desk/projects",
            &[
                ("act", "publish", Any),
                ("key", "00112233445566778899aabbccddeeff", Shape),
                ("name", "河堤加固", Words),
                ("aim", "防汛", Any),
                ("leader", "", Optional),
                unit,
                ("started", "", Optional),
                ("milestone-1", "合龙", Words),
                ("day-1", "2027-05-31", Shape),
            ],
        ),
        of("水务", "shift", &[milestone, ("to", "2027-06-30", Shape), reason]),
        of("水务", "reach", &[milestone, ("on", "2026-11-10", Shape), ("item", "", Optional)]),
        of("水务", "take-back", &[milestone, reason]),
        of("党政办", "add", &[("name", "验收", Words), ("day", "2027-07-31", Shape), reason]),
        of("党政办", "drop", &[milestone, reason]),
        of("党政办", "take-up", &[milestone, reason]),
        of("党政办", "describe", &[unit, ("leader", "", Optional), ("aim", "喝水", Any), reason]),
        of("党政办", "stop", &[reason]),
        of(
            "党政办",
            "redact",
            &[("record", "1", Shape), ("redaction", "personal_data", Any), ("sure", "yes", Any)],
        ),
    ]
}

fn account() -> Vec<Form> {
    use Kind::Words;
    let both = [("password", "河边的水井有三口都很深", Words), ("again", "河边的水井有三口都很深", Words)];
    vec![
        form("水务", "/account/password", &[("present", "猜一个旧的密码看看", Words), both[0], both[1]]),
        form("水务", "/account/address", &[("address", "water@example.org", Kind::Shape)]),
        form("水务", "/sign-out", &[]),
        form("水务", "/account/sign-out-everywhere", &[]),
        form("水务", "/invitation/nonsense", &both),
        form("水务", "/sign-in", &[("name", "nobody", Words), ("password", "guess", Words)]),
    ]
}
