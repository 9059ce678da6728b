//! What push services answer, down to the last byte.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use trekendesh::notices::push::sender::{Answer, LONGEST_WAIT, Message, Sender};

use super::changes::bytes;
use super::{House, feed};

const TAKEN: &str = "HTTP/1.1 201 Created\r\nlocation: /m/1\r\ncontent-length: 0\r\n\r\n";

/// A push service that says this to the first who asks, and hangs up.
fn saying(reply: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut asked = [0; 2048];
        // Whoever hung up hears nothing.
        let _ = client.read(&mut asked);
        let _ = client.write_all(&reply);
    });
    format!("http://{address}/device")
}

#[test]
fn whatever_a_push_service_answers_is_understood_or_taken_for_silence() {
    let house = House::open();
    let sender = Sender::new(&house.app).unwrap();
    let send = |reply: Vec<u8>| {
        let message = Message {
            endpoint: saying(reply),
            body: vec![7; 600],
            topic: "topic".to_owned(),
            ttl: 60,
        };
        house.system.block_on(sender.send(message)).unwrap()
    };
    assert_eq!(send(TAKEN.into()), Answer::Taken, "control");
    let replies = [
        TAKEN,
        "HTTP/1.1 429 Too Many Requests\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 503 -\r\nRetry-After: Wed, 25 Nov 2026 18:00:00 GMT\r\ncontent-length: 3\r\n\r\nno\n",
        "HTTP/1.1 410 Gone\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 307 -\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 413 -\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n{\"errno\":104}",
    ];
    feed("push answers", &bytes(&replies), |reply| {
        if let Answer::Later(Some(seconds)) = send(reply) {
            assert!(
                (1..=LONGEST_WAIT).contains(&i64::from(seconds)),
                "{seconds}"
            );
        }
    });
}
