//! Broken, foreign and forbidden forms: every one is refused clearly, nothing breaks, nothing changes.

mod forms;
mod town;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use forms::{Field, Form, Kind};
use shiji_app::testing::Town;
use tokio::task::JoinSet;
use tower::ServiceExt as _;
use town::{Besieged, PEOPLE, besieged, cookie, csrf};

/// Broken requests per form; `SHIJI_HOSTILE_REQUESTS=1000` asks for as many as the bar does, which takes minutes.
fn requests() -> usize {
    std::env::var("SHIJI_HOSTILE_REQUESTS").ok().and_then(|text| text.parse().ok()).unwrap_or(150)
}

/// Texts that no id, number, date or code is.
const GARBAGE: [&str; 18] = [
    "x",
    "\0",
    "%00",
    "null",
    "NaN",
    "1e400",
    "-",
    "99999999999999999999999999",
    "2026-13-45",
    "00000000-0000-0000-0000-00000000000g",
    "' OR 1=1; DROP TABLE item; --",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "{\"$ne\":null}",
    "\u{202e}\u{200b}",
    "𠮷野家🚰",
    "\r\nSet-Cookie: a=b",
    "${jndi:ldap://x}",
];

/// The same numbers in every run (Marsaglia, Xorshift RNGs).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (most as u64)).unwrap()
    }
}

fn encoded(fields: &[(String, String)]) -> Vec<u8> {
    let percent = shiji_web::frame::error::percent;
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
        .collect::<Vec<_>>()
        .join("&")
        .into_bytes()
}

fn parts(fields: &[(String, String)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if name == "file" { "; filename=\"a.jpg\"" } else { "" };
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
    }
    body.extend(b"--edge--\r\n");
    body
}

/// As a browser would send it, with the token of `sender`.
struct Sent {
    path: String,
    fields: Vec<(String, String)>,
    multipart: bool,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl Sent {
    fn well_formed(form: &Form, sender: &'static str) -> Sent {
        let mut fields = vec![("csrf".to_owned(), csrf(sender))];
        fields.extend(form.fields.iter().map(|field| (field.name.to_owned(), field.value.clone())));
        Sent {
            path: form.path.clone(),
            fields,
            multipart: form.multipart,
            headers: vec![("cookie", cookie(sender)), ("host", "shiji.test".into())],
            body: None,
        }
    }

    fn set(&mut self, name: &str, value: String) {
        for field in &mut self.fields {
            if field.0 == name {
                field.1.clone_from(&value);
            }
        }
    }

    fn request(&self) -> Request<Body> {
        let kind = if self.multipart {
            "multipart/form-data; boundary=edge"
        } else {
            "application/x-www-form-urlencoded"
        };
        let mut request = Request::post(format!("/chengwan/zh{}", self.path));
        if !self.headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value.as_str());
        }
        let body = self.body.clone();
        let body =
            body.unwrap_or_else(|| if self.multipart { parts(&self.fields) } else { encoded(&self.fields) });
        request.body(Body::from(body)).unwrap()
    }
}

fn broken_value(field: &Field, nothing: &str, dice: &mut Dice) -> String {
    let garbage = GARBAGE[dice.below(GARBAGE.len())].to_owned();
    match (field.kind, dice.below(8)) {
        (Kind::Id, 0..4) => nothing.to_owned(),
        (Kind::Id | Kind::Shape | Kind::Code, 4) if field.kind != Kind::Code => String::new(),
        (Kind::Words, 0..3) => "字".repeat(30_000),
        (Kind::Words, _) => ["", " ", "\u{3000}", "\u{200b}", "\0\0"][dice.below(5)].to_owned(),
        (_, 5) => garbage.repeat(2_000),
        _ => garbage,
    }
}

/// One way out of many to spoil a form that would otherwise be taken.
fn broken(form: &Form, nothing: &str, dice: &mut Dice) -> Sent {
    let mut sent = Sent::well_formed(form, form.sender);
    let breakable: Vec<&Field> = form.fields.iter().filter(|field| field.kind != Kind::Any).collect();
    match dice.below(16) {
        0 => sent.fields.retain(|field| field.0 != "csrf"),
        1 => sent.set(
            "csrf",
            csrf(PEOPLE[(PEOPLE.iter().position(|name| *name == form.sender).unwrap() + 1) % 8]),
        ),
        2 => sent.set("csrf", GARBAGE[dice.below(GARBAGE.len())].to_owned()),
        3 => sent.headers.push(("origin", "https://elsewhere.test".into())),
        4 => sent.headers.push(("sec-fetch-site", "cross-site".into())),
        5 => sent.headers.retain(|(name, _)| *name != "cookie"),
        6 => sent.headers[0].1 = format!("shiji-chengwan={}", dice.below(1_000)),
        7 => sent.headers.push(("content-type", "application/json".into())),
        8 => sent.body = Some((0..dice.below(400)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect()),
        9 => sent.body = Some(b"csrf=%ff%fe&owner=%&item==&&&=".to_vec()),
        10 => {
            let whole = if sent.multipart { parts(&sent.fields) } else { encoded(&sent.fields) };
            sent.body = Some(whole[..dice.below(20)].to_vec());
        }
        _ if breakable.is_empty() => sent.set("csrf", String::new()),
        _ => {
            let field = breakable[dice.below(breakable.len())];
            sent.set(field.name, broken_value(field, nothing, dice));
        }
    }
    sent
}

async fn answer(besieged: &Besieged, sent: &Sent) -> Response<Body> {
    besieged.router.clone().oneshot(sent.request()).await.unwrap()
}

fn first_difference(before: &[String], after: &[String]) -> String {
    let pair = before.iter().zip(after).find(|(before, after)| before != after);
    pair.map_or_else(
        || format!("{} and {} lines", before.len(), after.len()),
        |(b, a)| format!("{b}\n→\n{a}"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_forms_are_refused_and_change_nothing() {
    for town in Town::each().await {
        let besieged = besieged(town).await;
        let mut dice = Dice(0x5eed_cafe);
        let mut sent_in_all = 0;
        for form in forms::all(&besieged.ids) {
            let before = besieged.state().await;
            let mut answers = JoinSet::new();
            for _ in 0..requests() {
                let sent = broken(&form, &besieged.ids.nothing, &mut dice);
                let router = besieged.router.clone();
                answers.spawn(async move { (router.oneshot(sent.request()).await.unwrap().status(), sent) });
            }
            while let Some(answer) = answers.join_next().await {
                let (status, sent) = answer.unwrap();
                assert!(!status.is_server_error(), "{status} {} {:?}", form.path, sent.fields);
                sent_in_all += 1;
            }
            let after = besieged.state().await;
            assert!(before == after, "{}: {}", form.path, first_difference(&before, &after));
        }
        println!("{sent_in_all} broken forms, none taken");
    }
}

/// Whom a form's own address turns away, whatever stands in it.
fn outsiders(form: &Form) -> Vec<&'static str> {
    let may: &[&str] = match form.path.as_str() {
        path if path.starts_with("/account")
            || path.starts_with("/sign-")
            || path.starts_with("/invitation") =>
        {
            &PEOPLE
        }
        // About oneself, or about nobody.
        "/desk/read" | "/desk/check" | "/desk/delegate/end" => &PEOPLE,
        "/desk/delegate" | "/today/add" => &PEOPLE[..7],
        // Everybody who holds a post says where they are themselves.
        "/today/where" => &PEOPLE,
        // The clerk may run the meeting too; only the chair and the leader in charge decide.
        "/meeting/decide" => &["书记", "镇长"],
        "/leader/comment" => &["书记", "镇长", "党政办", "民政"],
        "/meeting/rest" | "/meeting/close" => &["书记"],
        path if path.starts_with("/meeting") => &["书记", "党政办"],
        "/leader/decide" => &["书记", "镇长"],
        "/directive/new" => &["书记", "镇长"],
        path if path.starts_with("/difficulties/") => &["镇长"],
        path if path.starts_with("/office/outgoing") => &["党政办", "监察"],
        path if path.ends_with("/invite") => &["党政办", "监察"],
        path if path.ends_with("/roles") => &["党政办", "监察"],
        path if path.starts_with("/office") => &["党政办"],
        "/desk/projects" => &["书记", "镇长", "党政办"],
        // The leader in charge does both; the unit moves forecasts, the clerk shapes what the project is.
        path if path.starts_with("/desk/project/") => match (form.sender, form.fields[0].value.as_str()) {
            ("水务", _) => &["镇长", "水务"],
            (_, "redact") => &["党政办"],
            _ => &["镇长", "党政办"],
        },
        "/plans/help/offer" => &["民政"],
        "/plans/help/take" => &["西村"],
        "/plans/help/withdraw" => &["东村"],
        path if path.ends_with("/record") || path.ends_with("/lead") => &["民政"],
        // The clerk and the chair speak for everybody; whoever comes, for themselves.
        path if path.ends_with("/take-lead") || path.ends_with("/leave") => &["民政", "党政办", "书记"],
        // The visit is announced, so whoever is brought along could come by the own word.
        path if path.ends_with("/join") => &["民政", "东村", "党政办", "书记", "镇长"],
        // Whose plans they are, and who runs the meeting.
        path if path.starts_with("/plans/visit") || path.starts_with("/visit") => {
            &["民政", "东村", "党政办", "书记"]
        }
        _ => &["水务"],
    };
    PEOPLE.into_iter().filter(|name| !may.contains(name)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_right_is_refused_and_stands_in_the_audit_trail() {
    for town in Town::each().await {
        let besieged = besieged(town).await;
        let before = besieged.state().await;
        let mut tried = 0;
        for form in forms::all(&besieged.ids) {
            for outsider in outsiders(&form) {
                let count = besieged.audited().await.len();
                let response = answer(&besieged, &Sent::well_formed(&form, outsider)).await;
                assert_eq!(response.status(), StatusCode::FORBIDDEN, "{outsider} {}", form.path);
                let trail = besieged.audited().await;
                let person = besieged.town.person(outsider);
                let written = trail.len() == count + 1
                    && trail.iter().any(|entry| {
                        entry.act == "refused"
                            && entry.actor_id == Some(person)
                            && entry.after.as_deref().is_some_and(|what| what.contains(&form.path))
                    });
                assert!(written, "{outsider} {}: {} new lines", form.path, trail.len() - count);
                tried += 1;
            }
        }
        let after = besieged.state().await;
        assert!(before == after, "{}", first_difference(&before, &after));
        println!("{tried} acts without a right, all refused and written down");
    }
}

#[tokio::test]
async fn refused_words_stand_in_their_box_again() {
    for town in Town::each().await {
        let besieged = besieged(town).await;
        let long = format!("记得住的开头{}", "很长".repeat(400));
        for (path, field) in [("/desk/capture", "words"), ("/desk/item", "text")] {
            let forms = forms::all(&besieged.ids);
            let form = forms.iter().find(|form| form.path == path).unwrap();
            let mut sent = Sent::well_formed(form, form.sender);
            sent.set(field, long.clone());
            let response = answer(&besieged, &sent).await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
            let page = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
            assert!(String::from_utf8_lossy(&page).contains(&long), "{path}");
        }
    }
}
