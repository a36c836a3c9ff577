//! `add-checkpoint`: this program as a witness for the logs of others (C2SP tlog-witness v1.0.0).

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use shiji_app::witness::{Answer, Witness};
use shiji_record::log::witness::REQUEST_MOST;
use std::sync::Arc;

/// All addresses of a witness.
pub fn router(witness: Arc<Witness>) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/key", get(key))
        .route("/healthz", get(|| async { "ok\n" }))
        .layer(DefaultBodyLimit::max(REQUEST_MOST))
        .with_state(witness)
}

async fn key(State(witness): State<Arc<Witness>>) -> String {
    format!("{}\n", witness.public().to_text())
}

async fn add_checkpoint(State(witness): State<Arc<Witness>>, body: Bytes) -> Response {
    match witness.add_checkpoint(&body).await {
        Ok(Answer::Cosigned(line)) => {
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], line).into_response()
        }
        Ok(Answer::Conflict(size)) => {
            (StatusCode::CONFLICT, [(header::CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n"))
                .into_response()
        }
        Ok(Answer::Refused(refused)) => {
            let status = StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::BAD_REQUEST);
            (status, format!("{refused}\n")).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the witness could not keep a checkpoint, so it did not countersign");
            (StatusCode::INTERNAL_SERVER_ERROR, "the checkpoint could not be kept\n").into_response()
        }
    }
}
