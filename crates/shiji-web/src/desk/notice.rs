//! Where a notice leads: the page of what it is about.

use shiji_domain::notice::NoticeKind;
use shiji_store::notice::Notice;

/// After place and language; none for what is told about the own report, which stands on the same page.
pub fn rest(notice: &Notice) -> Option<String> {
    let subject = notice.subject?;
    Some(match notice.kind {
        NoticeKind::Reminder
        | NoticeKind::Comment
        | NoticeKind::Returned
        | NoticeKind::DeadlineComing
        | NoticeKind::Late => return None,
        NoticeKind::NewQuestion | NoticeKind::QuestionOverdue => format!("/desk/question/{subject}"),
        NoticeKind::ProjectShifted => format!("/desk/project/{subject}"),
        NoticeKind::DirectiveGiven
        | NoticeKind::DirectiveAnswered
        | NoticeKind::DirectiveDecided
        | NoticeKind::DirectiveOverdue => format!("/directive/{subject}"),
        NoticeKind::DifficultyRaised | NoticeKind::DifficultyAnswered => format!("/difficulties/{subject}"),
        NoticeKind::HelpOffered
        | NoticeKind::HelpAccepted
        | NoticeKind::HelpDeclined
        | NoticeKind::HelpWithdrawn => format!("/plans#h-{subject}"),
        NoticeKind::VisitPlanned
        | NoticeKind::VisitChanged
        | NoticeKind::VisitInvited
        | NoticeKind::VisitLead => format!("/visit/{subject}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Browser;
    use shiji_app::directive::{GiveDirective, give_directive};
    use shiji_app::testing::Town;
    use shiji_domain::directive::Source;
    use shiji_domain::id::{NoticeId, PersonId};
    use uuid::Uuid;

    #[test]
    fn whatever_has_a_page_of_its_own_is_led_to() {
        let subject = Uuid::from_u128(7);
        let notice = |kind, subject| Notice {
            notice_id: NoticeId(Uuid::nil()),
            person_id: PersonId(Uuid::nil()),
            kind,
            period: None,
            subject,
            created_at: 0,
            created_by: None,
        };
        let led = |kind: &NoticeKind| rest(&notice(*kind, Some(subject)));
        let all = NoticeKind::ALL.iter().filter_map(led);
        assert!(all.clone().all(|rest| rest.contains(&subject.to_string())));
        assert_eq!(all.count(), 17, "all but the five about the own report");
        assert_eq!(rest(&notice(NoticeKind::DirectiveGiven, None)), None);
    }

    #[tokio::test]
    async fn a_notice_on_the_desk_opens_its_order() {
        let town = Town::on_sqlite().await;
        let order = GiveDirective {
            form: Uuid::nil(),
            text: "更换东湾村水表".into(),
            owners: vec![town.person("水务")],
            helpers: vec![],
            due_on: jiff::civil::date(2026, 11, 20),
            steps: String::new(),
            source: Source::Inspection,
            source_text: String::new(),
            question: None,
            is_public: false,
        };
        let id = give_directive(&town.app, &town.act("镇长").await, order).await.unwrap();
        let browser = Browser::of(&town, "水务").await;
        let desk = browser.get("/desk").await.1;
        let rest = desk
            .split("href=\"/chengwan/zh")
            .find_map(|rest| rest.split_once('"').filter(|(rest, _)| rest.starts_with("/directive/")));
        let (rest, _) = rest.unwrap();
        let notice = desk.split("action=\"/chengwan/zh/desk/read\"").nth(1).unwrap();
        let notice = notice.split("</form>").next().unwrap();
        assert!(notice.contains("更换东湾村水表"), "it says which: {notice}");
        assert_eq!(rest, format!("/directive/{id}"));
        assert!(browser.get(rest).await.1.contains("更换东湾村水表"));
    }
}
