//! The other side of drag and drop and of the clipboard: a small X11 program that offers data.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, CURRENT_TIME};

/// Longest that another program may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Something that offers data to other programs.
struct Offer {
    connection: RustConnection,
    root: Window,
    own: Window,
    kind: Atom,
    data: Vec<u8>,
}

impl Offer {
    /// Data of one kind, offered under a selection.
    fn new(display: &str, selection: &str, kind: &str, data: Vec<u8>) -> Self {
        let (connection, screen) = x11rb::connect(Some(display)).unwrap();
        let root = connection.setup().roots[screen].root;
        let own = connection.generate_id().unwrap();
        let looks = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        connection
            .create_window(
                COPY_DEPTH_FROM_PARENT,
                own,
                root,
                0,
                0,
                1,
                1,
                0,
                WindowClass::INPUT_OUTPUT,
                0,
                &looks,
            )
            .unwrap();
        let mut offer = Self {
            connection,
            root,
            own,
            kind: 0,
            data,
        };
        offer.kind = offer.atom(kind);
        let selection = offer.atom(selection);
        offer
            .connection
            .set_selection_owner(own, selection, CURRENT_TIME)
            .unwrap();
        offer.connection.flush().unwrap();
        offer
    }

    fn atom(&self, name: &str) -> Atom {
        let cookie = self.connection.intern_atom(false, name.as_bytes()).unwrap();
        cookie.reply().unwrap().atom
    }

    /// Hands out the data, or what kinds there are.
    fn serve(&self, request: &SelectionRequestEvent) {
        let targets = self.atom("TARGETS");
        let mut property = request.property;
        if request.target == self.kind {
            self.connection
                .change_property8(
                    PropMode::REPLACE,
                    request.requestor,
                    property,
                    self.kind,
                    &self.data,
                )
                .unwrap();
        } else if request.target == targets {
            let kinds = [targets, self.kind];
            self.connection
                .change_property32(
                    PropMode::REPLACE,
                    request.requestor,
                    property,
                    AtomEnum::ATOM,
                    &kinds,
                )
                .unwrap();
        } else {
            property = AtomEnum::NONE.into();
        }
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property,
        };
        self.connection
            .send_event(false, request.requestor, EventMask::NO_EVENT, answer)
            .unwrap();
        self.connection.flush().unwrap();
    }

    /// The window of this title that takes part in drag and drop.
    fn target(&self, title: &str) -> Window {
        let aware = self.atom("XdndAware");
        let name = self.atom("_NET_WM_NAME");
        let property = |window: Window, property: Atom| {
            let cookie = self
                .connection
                .get_property(false, window, property, AtomEnum::ANY, 0, 64)
                .unwrap();
            cookie.reply().map(|reply| reply.value).unwrap_or_default()
        };
        let mut windows = vec![self.root];
        while let Some(window) = windows.pop() {
            if property(window, name) == title.as_bytes() && !property(window, aware).is_empty() {
                return window;
            }
            if let Ok(tree) = self.connection.query_tree(window).unwrap().reply() {
                windows.extend(tree.children);
            }
        }
        panic!("no window {title:?} takes part in drag and drop");
    }
}

/// Drags files to the middle of the window with this title and lets them go there, over the
/// XDND protocol, as a file manager does.
pub fn drag(display: &str, title: &str, files: &[&Path]) {
    let uris = files.iter().fold(String::new(), |uris, file| {
        uris + "file://" + file.to_str().unwrap() + "\r\n"
    });
    let offer = Offer::new(display, "XdndSelection", "text/uri-list", uris.into_bytes());
    let connection = &offer.connection;
    let target = offer.target(title);
    let size = connection.get_geometry(target).unwrap().reply().unwrap();
    let corner = connection
        .translate_coordinates(target, offer.root, 0, 0)
        .unwrap()
        .reply()
        .unwrap();
    let middle = |corner: i16, side: u16| u32::from(corner.unsigned_abs()) + u32::from(side) / 2;
    let (x, y) = (
        middle(corner.dst_x, size.width),
        middle(corner.dst_y, size.height),
    );
    let send = |name: &str, data: [u32; 5]| {
        let message = ClientMessageEvent::new(32, target, offer.atom(name), data);
        connection
            .send_event(false, target, EventMask::NO_EVENT, message)
            .unwrap();
        connection.flush().unwrap();
    };
    let copy = offer.atom("XdndActionCopy");
    let (status, finished) = (offer.atom("XdndStatus"), offer.atom("XdndFinished"));
    send("XdndEnter", [offer.own, 5 << 24, offer.kind, 0, 0]);
    send(
        "XdndPosition",
        [offer.own, 0, x << 16 | y, CURRENT_TIME, copy],
    );
    let end = Instant::now() + PATIENCE;
    let mut let_go = false;
    while Instant::now() < end {
        match connection.poll_for_event().unwrap() {
            Some(Event::SelectionRequest(request)) => offer.serve(&request),
            Some(Event::ClientMessage(message)) if message.type_ == status && !let_go => {
                assert!(
                    message.data.as_data32()[1] & 1 == 1,
                    "the window refuses it"
                );
                send("XdndDrop", [offer.own, 0, CURRENT_TIME, 0, 0]);
                let_go = true;
            }
            Some(Event::ClientMessage(message)) if message.type_ == finished => return,
            Some(_) => {}
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    panic!("the window did not take what was dragged there");
}

/// Something that was copied, for as long as this lives.
pub struct Copied {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Copied {
    /// Puts data of one kind, such as `image/png`, onto the clipboard.
    pub fn new(display: &str, kind: &str, data: Vec<u8>) -> Self {
        let offer = Offer::new(display, "CLIPBOARD", kind, data);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                match offer.connection.poll_for_event() {
                    Ok(Some(Event::SelectionRequest(request))) => offer.serve(&request),
                    Ok(Some(_)) => {}
                    Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                    // The screen was closed first.
                    Err(_) => return,
                }
            }
        });
        Self {
            stop,
            thread: Some(thread),
        }
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
