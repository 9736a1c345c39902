//! Deflate (as zlib) with one memory for all streams of a file, and for all files that a thread writes: PDFs, and pictures
//! of charts. Knows no format of a file; uses no other room.

use std::cell::Cell;

use flate2::{Compress, Compression, FlushCompress, Status};

/// How hard streams are pressed: the next levels take a fifth more time for a PDF smaller by a twentieth, and twice the time
/// for a picture smaller by a tenth.
const LEVEL: u32 = 2;
/// Most bytes of output whose memory is kept for the next file.
const MOST_KEPT: usize = 1 << 20;

thread_local! {
    /// Its tables take a quarter of a megabyte, which a file would else get from the system and give back.
    static KEPT: Cell<Option<Box<Tables>>> = const { Cell::new(None) };
}

/// Made at the first stream.
#[derive(Default)]
pub struct Press(Option<Box<Tables>>);

struct Tables {
    deflate: Compress,
    buffer: Vec<u8>,
}

impl Press {
    /// With the memory of an earlier file, if there was one.
    pub fn lent() -> Press {
        Press(KEPT.take())
    }

    pub fn give_back(self) {
        if let Some(tables) = self.0.filter(|tables| tables.buffer.capacity() <= MOST_KEPT) {
            KEPT.set(Some(tables));
        }
    }

    pub fn press(&mut self, data: &[u8]) -> &[u8] {
        let Tables { deflate, buffer } = &mut **self.0.get_or_insert_with(|| {
            Box::new(Tables { deflate: Compress::new(Compression::new(LEVEL), true), buffer: Vec::new() })
        });
        deflate.reset();
        buffer.clear();
        loop {
            buffer.reserve(data.len() / 2 + 64);
            let rest = &data[deflate.total_in() as usize..];
            let status = deflate.compress_vec(rest, buffer, FlushCompress::Finish);
            // Deflate errs only on parameters that are none of zlib's; ours are fixed.
            if status.expect("deflate with fixed parameters") == Status::StreamEnd {
                return buffer;
            }
        }
    }
}
