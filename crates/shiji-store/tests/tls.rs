//! Connections to PostgreSQL can be encrypted.

use shiji_store::{Store, StoreError};

/// The address of a database of the test's own on a server that offers TLS.
async fn server() -> Option<String> {
    let address = std::env::var("SHIJI_TEST_POSTGRES").ok()?;
    let name = format!("tls_{}", std::process::id());
    let store = Store::create_postgres(&address, &name).await.unwrap();
    let mut tx = store.read().await.unwrap();
    let row = tx.fetch_optional("SELECT setting FROM pg_settings WHERE name = 'ssl'", &[]).await.unwrap();
    let on = row.unwrap().text("setting").unwrap() == "on";
    on.then(|| format!("{}/{name}", address.rsplit_once('/').unwrap().0))
}

#[tokio::test]
async fn a_connection_is_encrypted_when_the_address_asks_for_it_and_a_strangers_certificate_is_refused() {
    let Some(address) = server().await else {
        println!("skipped: SHIJI_TEST_POSTGRES names no server with TLS");
        return;
    };
    let store = Store::open_postgres(&format!("{address}?sslmode=require")).await.unwrap();
    let mut tx = store.read().await.unwrap();
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let row = tx.fetch_optional(sql, &[]).await.unwrap().unwrap();
    assert!(row.flag("ssl").unwrap());
    // The tests' server signs its own certificate, which no machine trusts.
    let refused = Store::open_postgres(&format!("{address}?sslmode=verify-full")).await;
    assert!(matches!(refused, Err(StoreError::Database(_))));
}
