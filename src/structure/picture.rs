//! Reads the size of an image from its header.
//!
//! Entry: [`size_of`]. Invariant: the result is the size at which a browser shows the image, or none.

/// Width and height in pixels of a PNG, JPEG, GIF, WebP, AVIF or SVG; none for other files and if the file does not say.
#[must_use]
pub fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match imagesize::blob_size(bytes) {
        Ok(size) => {
            let side = |it: usize| u32::try_from(it).ok();
            let (width, height) = (side(size.width)?, side(size.height)?);
            if is_rotated(bytes) {
                (height, width)
            } else {
                (width, height)
            }
        }
        Err(_) => svg_size(std::str::from_utf8(bytes).ok()?)?,
    };
    (width > 0 && height > 0).then_some((width, height))
}

/// Whether the Exif orientation of a JPEG swaps width and height (Exif 2.32, tag 274, values 5 to 8).
fn is_rotated(bytes: &[u8]) -> bool {
    orientation(bytes).is_some_and(|it| (5..=8).contains(&it))
}

/// The Exif orientation of a JPEG.
fn orientation(bytes: &[u8]) -> Option<u16> {
    let mut offset = 2;
    if !bytes.starts_with(b"\xff\xd8") {
        return None;
    }
    let exif = loop {
        let [0xff, marker, high, low] = *bytes.get(offset..offset + 4)? else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = bytes.get(offset + 4..offset + 2 + length)?;
        match marker {
            0xe1 if segment.starts_with(b"Exif\0\0") => break &segment[6..],
            // The image data follows.
            0xda => return None,
            _ => offset += 2 + length,
        }
    };
    let little = exif.starts_with(b"II");
    let number = |at: usize| {
        let pair: [u8; 2] = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        })
    };
    // The low half of the offset of the first directory. Exif data is shorter than 64 KB.
    let first = usize::from(number(if little { 4 } else { 6 })?);
    let entries = usize::from(number(first)?);
    let mut entries = (0..entries).map(|i| first + 2 + 12 * i);
    let entry = entries.find(|entry| number(*entry) == Some(274))?;
    number(entry + 8)
}

/// The size of an SVG: its width and height, completed by its view box.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let tag = root_attributes(text)?;
    let view = attribute(tag, "viewBox").and_then(|it| {
        let mut numbers = it.split([' ', ',', '\n', '\t']).filter(|it| !it.is_empty());
        let width = numbers.nth(2)?.parse::<f64>().ok()?;
        Some((width, numbers.next()?.parse::<f64>().ok()?))
    });
    let width = attribute(tag, "width").and_then(parse_length);
    let height = attribute(tag, "height").and_then(parse_length);
    let (width, height) = match (width, height, view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) if w > 0.0 => (width, width * h / w),
        (None, Some(height), Some((w, h))) if h > 0.0 => (height * w / h, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    Some((round_pixels(width)?, round_pixels(height)?))
}

/// The attributes of the root element of an SVG.
fn root_attributes(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<!") && rest.find('[') < rest.find('>') && rest.contains('[') {
            // A document type with an internal subset.
            rest.find("]>")? + 2
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest.find('>')? + 1
        } else {
            break;
        };
        rest = rest[end..].trim_start();
    }
    let inner = rest.strip_prefix("<svg")?;
    let inner = inner.starts_with(char::is_whitespace).then_some(inner)?;
    inner.split_once('>').map(|it| it.0)
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        if before.split_whitespace().next_back() == Some(name) {
            return Some(value);
        }
        rest = next;
    }
}

/// A length in pixels (CSS Values and Units 3, section 6.2); none for relative units.
fn parse_length(value: &str) -> Option<f64> {
    let value = value.trim();
    let end = value.find(|c: char| c.is_ascii_alphabetic() || c == '%');
    let (number, unit) = value.split_at(end.unwrap_or(value.len()));
    let pixels = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    Some(number.trim().parse::<f64>().ok()? * pixels)
}

/// The nearest integer; none outside 1 to 1,000,000.
fn round_pixels(length: f64) -> Option<u32> {
    let length = length.round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is a whole number between 1 and a million"
    )]
    (1.0..=1_000_000.0)
        .contains(&length)
        .then_some(length as u32)
}

#[cfg(test)]
mod tests {
    use super::size_of;

    #[test]
    fn the_size_of_an_svg_is_read() {
        for (svg, size) in [
            (
                "<?xml version='1.0'?>\n<svg xmlns='x' viewBox='0 0 120.4 40'><path/></svg>",
                Some((120, 40)),
            ),
            (
                "<!-- a > b -->\n<!DOCTYPE svg>\n<svg width=\"10\" height=\"20px\"/>",
                Some((10, 20)),
            ),
            ("<svg width=\"1in\" viewBox=\"0 0 10 5\"/>", Some((96, 48))),
            ("<svg height=\"30\" viewBox=\"0,0,10,5\"/>", Some((60, 30))),
            (
                "<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 7 8\"/>",
                Some((7, 8)),
            ),
            (
                "<svg stroke-width=\"9\" viewBox=\"0 0 7 8\"/>",
                Some((7, 8)),
            ),
            (
                "<!DOCTYPE svg [ <!ENTITY a \"b\"> ]>\n<svg viewBox=\"0 0 7 8\"/>",
                Some((7, 8)),
            ),
            ("<svg/>", None),
            ("<svg width=\"100%\"/>", None),
            ("<svg viewBox=\"0 0 0 8\"/>", None),
            ("<svgs viewBox=\"0 0 7 8\"/>", None),
            ("<p>", None),
            ("", None),
        ] {
            assert_eq!(size_of(svg.as_bytes()), size, "{svg}");
        }
    }

    #[test]
    fn the_size_of_a_raster_image_is_read() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x40";
        assert_eq!(size_of(png), Some((256, 64)));
        let gif = b"GIF89a\x20\x00\x10\x00\0\0\0";
        assert_eq!(size_of(gif), Some((32, 16)));
        let webp = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\0\0\x0f\0\0";
        assert_eq!(size_of(webp), Some((32, 16)));
        let exif = |turn: u8| {
            [
                b"\xff\xd8\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"
                    .as_slice(),
                &[turn, 0, 0, 0, 0, 0, 0, 0],
                b"\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0",
            ]
            .concat()
        };
        assert_eq!(size_of(&exif(1)), Some((32, 16)));
        assert_eq!(size_of(&exif(6)), Some((16, 32)));
        for broken in [
            &png[..20],
            b"\xff\xd8\xff\xe1\xff\xff",
            b"GIF89a",
            b"\xff\xd8",
        ] {
            assert_eq!(size_of(broken), None, "{broken:?}");
        }
    }
}
