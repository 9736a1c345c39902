//! Wrong usage, said in Vietnamese.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::{Status, complain, say};

/// Prints help, version or what was wrong with the arguments.
pub(super) fn answer(error: &Error) -> Status {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            say(error.render().to_string().trim_end());
            Status::Done
        }
        kind => {
            complain(format!("Chưa đúng lệnh: {}.", sentence(kind, error)));
            if let Some(suggestion) = suggestion(error) {
                complain(format!("Ý anh chị là “{suggestion}”?"));
            }
            complain("Gõ “thidua --help” để xem cách dùng.");
            Status::Usage
        }
    }
}

fn sentence(kind: ErrorKind, error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match kind {
        ErrorKind::InvalidSubcommand => {
            let command = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("không có lệnh “{command}”")
        }
        ErrorKind::UnknownArgument => format!("không có tuỳ chọn “{argument}”"),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu {argument}"),
        ErrorKind::MissingSubcommand => "chưa nói cần làm gì".to_string(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            format!("{argument} cần có giá trị đi kèm")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} không nhận giá trị “{value}”"),
        ErrorKind::ArgumentConflict => format!("{argument} chỉ dùng được một lần và không đi cùng tuỳ chọn kia"),
        ErrorKind::TooManyValues => format!("thừa “{value}”"),
        ErrorKind::InvalidUtf8 => "có ký tự không đọc được".to_string(),
        _ => "đối số không hợp lệ".to_string(),
    }
}

fn suggestion(error: &Error) -> Option<String> {
    [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| context(error, kind))
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}
