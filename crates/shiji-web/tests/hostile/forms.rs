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
    [desk(ids), leader_and_meeting(ids), together(ids), office(ids), account()]
        .into_iter()
        .flatten()
        .collect()
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

fn together(ids: &Ids) -> Vec<Form> {
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
    roster.multipart = true;
    week.multipart = true;
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
        clerk("/office/outgoing/hook".into(), &[("url", "https://hooks.example.org/a", Words)]),
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
        roster,
        week,
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
