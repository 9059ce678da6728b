//! A push service on this machine: TLS and HTTP/2, as the real ones speak. It takes every message,
//! says so and counts; that is all, so that little of what is measured is its own work.

use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use h2::server::SendResponse;
use http::{Request, Response, StatusCode};
use rcgen::CertifiedKey;
use tempfile::NamedTempFile;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Messages on their way at a time in one connection: as many as Google's service allows.
const STREAMS: u32 = 100;
/// When nothing comes for so long, nothing more will.
const PATIENCE: Duration = Duration::from_secs(30);

/// The service, for as long as it is held.
pub struct Sink {
    /// What its endpoints begin with.
    pub origin: String,
    certificate: NamedTempFile,
    tally: Tally,
    _runtime: Runtime,
}

#[derive(Clone, Default)]
struct Tally(Arc<Mutex<Counted>>);

#[derive(Clone, Copy, Default)]
struct Counted {
    messages: u32,
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Sink {
    /// Starts it.
    pub fn start() -> Result<Self> {
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
        let certificate = NamedTempFile::new()?;
        std::fs::write(certificate.path(), cert.pem())?;
        let key =
            PrivateKeyDer::try_from(signing_key.serialize_der()).map_err(anyhow::Error::msg)?;
        let mut config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)?;
        config.alpn_protocols = vec![b"h2".to_vec()];
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let origin = format!("https://{}", listener.local_addr()?);
        let tally = Tally::default();
        runtime.spawn(accept(listener, Arc::new(config).into(), tally.clone()));
        Ok(Self {
            origin,
            certificate,
            tally,
            _runtime: runtime,
        })
    }

    /// The certificate to trust, in PEM.
    pub fn certificate(&self) -> &Path {
        self.certificate.path()
    }

    /// Counts from nothing again.
    pub fn forget(&self) {
        *self.tally.0.lock().unwrap_or_else(PoisonError::into_inner) = Counted::default();
    }

    /// Waits for so many messages; tells how many came in a second, from the first to the last.
    pub fn wait_for(&self, wanted: u32) -> Result<f64> {
        let began = Instant::now();
        loop {
            let counted = self.tally.read();
            if counted.messages >= wanted {
                let (first, last) = (counted.first, counted.last);
                let (first, last) = first.zip(last).context("some came")?;
                return Ok(f64::from(counted.messages) / (last - first).as_secs_f64());
            }
            let quiet = counted.last.unwrap_or(began).elapsed();
            ensure!(quiet < PATIENCE, "{} of {wanted} came", counted.messages);
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Tally {
    fn add(&self) {
        let now = Instant::now();
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.messages += 1;
        counted.first.get_or_insert(now);
        counted.last = Some(now);
    }

    fn read(&self) -> Counted {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, tally: Tally) -> Result<Infallible> {
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(converse(stream, acceptor.clone(), tally.clone()));
    }
}

/// Takes what comes in one connection; a client that speaks HTTP/1.1 gets nowhere.
async fn converse(stream: TcpStream, acceptor: TlsAcceptor, tally: Tally) -> Result<()> {
    stream.set_nodelay(true)?;
    let stream = acceptor.accept(stream).await?;
    let mut connection = h2::server::Builder::new()
        .max_concurrent_streams(STREAMS)
        .handshake::<_, &[u8]>(stream)
        .await?;
    while let Some(message) = connection.accept().await {
        let (request, respond) = message?;
        tokio::spawn(take(request, respond, tally.clone()));
    }
    Ok(())
}

async fn take(
    mut request: Request<h2::RecvStream>,
    mut respond: SendResponse<&'static [u8]>,
    tally: Tally,
) -> Result<()> {
    let body = request.body_mut();
    while let Some(piece) = body.data().await {
        let length = piece?.len();
        body.flow_control().release_capacity(length)?;
    }
    let mut answer = Response::new(());
    *answer.status_mut() = StatusCode::CREATED;
    respond.send_response(answer, true)?;
    tally.add();
    Ok(())
}
