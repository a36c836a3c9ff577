use super::*;
use crate::testing::Town;
use jiff::ToSpan as _;
use shiji_domain::job::{ATTEMPTS_MOST, LEASE, wait_after};
use shiji_store::database::Pending;
use shiji_store::job::Job;
use shiji_store::roster::Place;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Notes what it was given, and fails in the way that the payload says.
#[derive(Default)]
struct Noting(Mutex<Vec<String>>);

impl Hands for Noting {
    fn act<'a>(&'a self, _: &'a Place, job: &'a Job) -> Pending<'a, Result<(), JobError>> {
        self.0.lock().unwrap().push(job.key.clone());
        Box::pin(async move {
            tokio::task::yield_now().await;
            match job.payload.as_str() {
                "\"again\"" => Err(JobError::Again("the server is busy".into())),
                "\"never\"" => Err(JobError::Never("no such address".into())),
                _ => Ok(()),
            }
        })
    }
}

/// Dies in the middle of the work.
struct Dying;

impl Hands for Dying {
    fn act<'a>(&'a self, _: &'a Place, _: &'a Job) -> Pending<'a, Result<(), JobError>> {
        Box::pin(std::future::pending())
    }
}

async fn queue(town: &Town, key: &str, payload: &str, run_at: i64) -> bool {
    let input = (town, key.to_owned(), payload.to_owned(), run_at);
    town.app
        .store
        .write("test", &input, |tx, (town, key, payload, run_at)| {
            Box::pin(async move {
                let new = NewJob {
                    kind: JobKind::CallHook,
                    key: Some(key.clone()),
                    payload: payload.as_str().into(),
                    run_at: *run_at,
                };
                enqueue(&town.app, tx, town.place.place_id, new).await
            })
        })
        .await
        .unwrap()
}

async fn count(town: &Town, state: &str) -> u64 {
    let mut tx = town.app.store.read().await.unwrap();
    job::job_count(&mut tx, town.place.place_id, state).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_workers_do_every_job_once() {
    const JOBS: usize = 60;
    for town in Town::each().await {
        for number in 0..JOBS {
            assert!(queue(&town, &format!("job {number}"), "", town.app.now()).await);
        }
        let hands = std::sync::Arc::new(Noting::default());
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (app, place, hands) = (town.app.clone(), town.place.clone(), hands.clone());
            workers.spawn(async move {
                // A lost race looks like an empty queue; a worker asks again, as the program does.
                let mut empty = 0;
                while empty < 3 {
                    match work_one(&app, &place, &*hands).await.unwrap() {
                        Some(worked) => assert_eq!(worked, Worked::Done),
                        None => empty += 1,
                    }
                }
            });
        }
        workers.join_all().await;
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for key in hands.0.lock().unwrap().iter() {
            *times.entry(key.clone()).or_default() += 1;
        }
        assert_eq!(times.len(), JOBS);
        assert!(times.values().all(|times| *times == 1), "{times:?}");
        assert_eq!((count(&town, "waiting").await, count(&town, "done").await), (0, JOBS as u64));
    }
}

#[tokio::test]
async fn a_job_is_queued_with_its_change_or_not_at_all() {
    for town in Town::each().await {
        let nothing: Result<(), AppError> = town
            .app
            .store
            .write("test", &town, |tx, town| {
                Box::pin(async move {
                    let new = NewJob { kind: JobKind::CallHook, key: None, payload: "x".into(), run_at: 0 };
                    enqueue(&town.app, tx, town.place.place_id, new).await?;
                    Err(AppError::NotFound)
                })
            })
            .await;
        assert!(nothing.is_err());
        assert_eq!(count(&town, "waiting").await, 0);
    }
}

#[tokio::test]
async fn a_key_is_queued_once_even_after_it_is_done() {
    for town in Town::each().await {
        assert!(queue(&town, "issue 1", "", town.app.now()).await);
        assert!(!queue(&town, "issue 1", "", town.app.now()).await);
        let hands = Noting::default();
        assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), Some(Worked::Done));
        assert!(!queue(&town, "issue 1", "", town.app.now()).await);
        assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_job_waits_for_its_hour() {
    for town in Town::each().await {
        queue(&town, "later", "", town.app.now() + 60_000).await;
        let hands = Noting::default();
        assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), None);
        town.pass(61.seconds());
        assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), Some(Worked::Done));
    }
}

#[tokio::test]
async fn the_job_of_a_worker_that_died_is_done_by_another_when_the_lease_is_over() {
    for town in Town::each().await {
        queue(&town, "one", "", town.app.now()).await;
        let (app, place) = (town.app.clone(), town.place.clone());
        let dying = tokio::spawn(async move { work_one(&app, &place, &Dying).await });
        while count_of_attempts(&town).await == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        dying.abort();
        let _ = dying.await;
        let hands = Noting::default();
        assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), None, "the lease still runs");
        town.pass((LEASE + 1).milliseconds());
        assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), Some(Worked::Done));
        assert_eq!(hands.0.lock().unwrap().len(), 1);
    }
}

async fn count_of_attempts(town: &Town) -> i64 {
    let mut tx = town.app.store.read().await.unwrap();
    let sql = "SELECT max(attempts) AS most FROM job WHERE place_id = $1";
    let row = tx.fetch_optional(sql, &[town.place.place_id.into()]).await.unwrap().unwrap();
    row.optional_int("most").unwrap().unwrap_or(0)
}

#[tokio::test]
async fn who_comes_back_after_the_lease_does_not_mark_the_job_of_the_new_holder() {
    for town in Town::each().await {
        queue(&town, "one", "", town.app.now()).await;
        let claim = |now: i64| {
            let (app, place) = (town.app.clone(), town.place.place_id);
            async move {
                app.store
                    .write("test", &(place, now), |tx, (place, now)| {
                        Box::pin(job::claim_job(tx, *place, *now, *now + LEASE))
                    })
                    .await
                    .unwrap()
                    .unwrap()
            }
        };
        let late = claim(town.app.now()).await;
        town.pass((LEASE + 1).milliseconds());
        let holder = claim(town.app.now()).await;
        let finished = |job: Job| {
            let (app, place) = (town.app.clone(), town.place.place_id);
            async move {
                app.store
                    .write("test", &(place, job), |tx, (place, job)| {
                        Box::pin(job::finish_job(tx, *place, job, 0))
                    })
                    .await
                    .unwrap()
            }
        };
        assert!(!finished(late).await);
        assert!(finished(holder).await);
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_ever_later_and_then_kept_for_a_person() {
    for town in Town::each().await {
        queue(&town, "busy", "again", town.app.now()).await;
        let hands = Noting::default();
        for attempt in 1..ATTEMPTS_MOST {
            let worked = work_one(&town.app, &town.place, &hands).await.unwrap();
            assert_eq!(worked, Some(Worked::PutOff(town.app.now() + wait_after(attempt))));
            assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), None);
            town.pass((wait_after(attempt) + 1).milliseconds());
        }
        let last = work_one(&town.app, &town.place, &hands).await.unwrap();
        assert_eq!(last, Some(Worked::GivenUp));
        let mut tx = town.app.store.read().await.unwrap();
        let failed = job::failed_jobs(&mut tx, town.place.place_id, 10).await.unwrap();
        drop(tx);
        assert_eq!(failed[0].last_error.as_deref(), Some("the server is busy"));
        let revived = (town.place.place_id, failed[0].job_id, town.app.now());
        let again = town
            .app
            .store
            .write("test", &revived, |tx, (place, id, now)| Box::pin(job::revive_job(tx, *place, *id, *now)))
            .await
            .unwrap();
        assert!(again);
        assert!(matches!(work_one(&town.app, &town.place, &hands).await.unwrap(), Some(Worked::PutOff(_))));
    }
}

#[tokio::test]
async fn what_can_never_succeed_is_tried_once() {
    for town in Town::each().await {
        queue(&town, "nobody", "never", town.app.now()).await;
        let hands = Noting::default();
        assert_eq!(work_one(&town.app, &town.place, &hands).await.unwrap(), Some(Worked::GivenUp));
        assert_eq!(count(&town, "failed").await, 1);
        town.pass_days(400);
        assert_eq!(forget_old_jobs(&town.app, &town.place).await.unwrap(), 1);
    }
}
