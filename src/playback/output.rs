//! The output device. [`DeviceOutput`] is the real one; tests bring their own [`Output`].

use super::feed::{Feed, FeedReader};
use super::reader::DeviceFormat;
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, FromSample, SampleFormat, SizedSample, StreamConfig};
use std::any::Any;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Why there is no sound. Plain sentences for the player bar.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The system has no output device.
    #[error("No sound device was found")]
    NoDevice,
    /// The device that was chosen is not there.
    #[error("The chosen sound device is not connected")]
    ChosenAway,
    /// There is one, but it does not open.
    #[error("The sound device cannot be opened: {source}")]
    Open {
        /// What the system says.
        source: cpal::Error,
    },
    /// It takes no sample format that we write.
    #[error("The sound device takes no known sample format")]
    Format,
}

impl From<cpal::Error> for OutputError {
    fn from(source: cpal::Error) -> Self {
        match source.kind() {
            cpal::ErrorKind::DeviceNotAvailable | cpal::ErrorKind::HostUnavailable => {
                Self::NoDevice
            }
            _ => Self::Open { source },
        }
    }
}

/// A place that sound can go to.
pub trait Output {
    /// Opens a device, or the system's default, at this rate if it takes it, paused.
    fn open(
        &mut self,
        device: Option<&str>,
        wanted_rate_hz: u32,
        gain: f32,
    ) -> Result<Stream, OutputError>;

    /// Whether this device is there.
    fn has(&self, device: &str) -> bool;

    /// A device that takes no sound for so long is lost; `None` if it may take its time.
    fn patience(&self) -> Option<Duration>;

    /// Whether opening at this rate would give this rate, as far as is known.
    fn takes(&self, rate_hz: u32) -> bool;
}

/// An open output. Sound ends when it is dropped.
pub struct Stream {
    /// What it takes.
    pub format: DeviceFormat,
    /// Where the samples go.
    pub feed: Feed,
    /// Set to the reason once the device is lost.
    pub lost: Arc<OnceLock<String>>,
    /// The device, to open the very same one again; `None` if any will do.
    pub device: Option<String>,
    /// Whatever has to live as long as the stream.
    _device: Box<dyn Any>,
}

/// Sound decoded ahead of the device, seconds.
const AHEAD_SECS: u32 = 2;

impl Stream {
    /// A stream with its ring; the reader goes to the audio callback.
    #[must_use]
    pub fn parts(format: DeviceFormat, gain: f32) -> (Feed, FeedReader) {
        let frames = (format.sample_rate_hz * AHEAD_SECS) as usize;
        Feed::new(frames, format.channels, format.sample_rate_hz, gain)
    }

    /// Puts an opened output together.
    #[must_use]
    pub fn new(
        format: DeviceFormat,
        feed: Feed,
        lost: Arc<OnceLock<String>>,
        device: Box<dyn Any>,
    ) -> Self {
        Self {
            format,
            feed,
            lost,
            device: None,
            _device: device,
        }
    }
}

/// A device that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputDevice {
    /// As [`Output::open`] takes it.
    pub id: String,
    /// To show.
    pub name: String,
}

/// The system's output devices.
#[derive(Debug, Default)]
pub struct DeviceOutput {
    /// Lowest and highest rates of the ranges the device took when last asked.
    rates_hz: Vec<(u32, u32)>,
}

impl Output for DeviceOutput {
    fn open(
        &mut self,
        device: Option<&str>,
        wanted_rate_hz: u32,
        gain: f32,
    ) -> Result<Stream, OutputError> {
        keep_alsa_quiet();
        let host = cpal::default_host();
        let device = match device {
            Some(id) => find(&host, id).ok_or(OutputError::ChosenAway)?,
            None => host.default_output_device().ok_or(OutputError::NoDevice)?,
        };
        // ALSA's default stands for whatever the sound server or its configuration chooses.
        let id = device.id().ok().filter(|id| id.id() != "default");
        let id = id.map(|id| id.to_string());
        let offers: Vec<_> = device.supported_output_configs()?.collect();
        let usual = device.default_output_config()?;
        // Two channels where there is a choice: nobody mixes music for more.
        let channels = if offers.iter().any(|offer| offer.channels() == 2) {
            2
        } else {
            usual.channels()
        };
        let (format, ranges) = FORMATS
            .into_iter()
            .find_map(|format| {
                let ranges: Vec<_> = offers
                    .iter()
                    .filter(|offer| offer.channels() == channels && offer.sample_format() == format)
                    .map(|offer| (offer.min_sample_rate(), offer.max_sample_rate()))
                    .collect();
                (!ranges.is_empty()).then_some((format, ranges))
            })
            .ok_or(OutputError::Format)?;
        self.rates_hz = ranges;
        let rate = if self.takes(wanted_rate_hz) {
            wanted_rate_hz
        } else {
            self.nearest_rate(usual.sample_rate())
        };
        // The system's own buffer size is badly chosen on many; some 40 ms answer promptly
        // and survive a busy machine.
        let sizes = [
            BufferSize::Fixed((rate / 30).next_power_of_two()),
            BufferSize::Default,
        ];
        let mut last = OutputError::Format;
        for buffer_size in sizes {
            let config = StreamConfig {
                channels,
                sample_rate: rate,
                buffer_size,
            };
            match build(&device, config, format, gain) {
                Ok(stream) => {
                    return Ok(Stream {
                        device: id,
                        ..stream
                    });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn takes(&self, rate_hz: u32) -> bool {
        self.rates_hz
            .iter()
            .any(|&(low, high)| (low..=high).contains(&rate_hz))
    }

    fn has(&self, device: &str) -> bool {
        keep_alsa_quiet();
        find(&cpal::default_host(), device)
            .is_some_and(|device| device.default_output_config().is_ok())
    }

    fn patience(&self) -> Option<Duration> {
        Some(HANGS_AFTER)
    }
}

/// A device that has taken no sound for so long will take none any more.
const HANGS_AFTER: Duration = Duration::from_secs(6);

fn find(host: &cpal::Host, id: &str) -> Option<cpal::Device> {
    host.device_by_id(&cpal::DeviceId::from_str(id).ok()?)
}

impl DeviceOutput {
    /// What the system calls its default device.
    pub fn default_name() -> Result<String, OutputError> {
        let device = cpal::default_host()
            .default_output_device()
            .ok_or(OutputError::NoDevice)?;
        let description = device
            .description()
            .map_err(|source| OutputError::Open { source })?;
        Ok(description.name().to_owned())
    }

    /// The devices that can be chosen. Asking the system may take a second.
    #[must_use]
    pub fn list() -> Vec<OutputDevice> {
        keep_alsa_quiet();
        let devices = cpal::default_host().output_devices();
        let mut list = Vec::new();
        for device in devices.into_iter().flatten() {
            let (Ok(id), Ok(description)) = (device.id(), device.description()) else {
                continue;
            };
            list.push(OutputDevice {
                id: id.to_string(),
                name: description.name().to_owned(),
            });
        }
        list
    }

    fn nearest_rate(&self, usual: u32) -> u32 {
        if self.takes(usual) {
            return usual;
        }
        let highest = self.rates_hz.iter().map(|&(_, high)| high).max();
        highest.unwrap_or(usual).min(192_000)
    }
}

/// ALSA writes a dozen lines to the terminal each time that there is no device. On this
/// thread they go to a buffer, which the next call replaces.
#[cfg(target_os = "linux")]
fn keep_alsa_quiet() {
    let _ = alsa::Output::local_error_handler();
}

#[cfg(not(target_os = "linux"))]
fn keep_alsa_quiet() {}

/// Sample formats in order of preference.
const FORMATS: [SampleFormat; 7] = [
    SampleFormat::F32,
    SampleFormat::I32,
    SampleFormat::I24,
    SampleFormat::I16,
    SampleFormat::F64,
    SampleFormat::U16,
    SampleFormat::U8,
];

fn build(
    device: &cpal::Device,
    config: StreamConfig,
    format: SampleFormat,
    gain: f32,
) -> Result<Stream, OutputError> {
    match format {
        SampleFormat::F32 => build_as::<f32>(device, config, gain),
        SampleFormat::I32 => build_as::<i32>(device, config, gain),
        SampleFormat::I24 => build_as::<cpal::I24>(device, config, gain),
        SampleFormat::I16 => build_as::<i16>(device, config, gain),
        SampleFormat::F64 => build_as::<f64>(device, config, gain),
        SampleFormat::U16 => build_as::<u16>(device, config, gain),
        SampleFormat::U8 => build_as::<u8>(device, config, gain),
        _ => Err(OutputError::Format),
    }
}

/// Samples converted at a time, so that the callback needs no more memory than this.
const SCRATCH_SAMPLES: usize = 4096;

fn build_as<T: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: StreamConfig,
    gain: f32,
) -> Result<Stream, OutputError> {
    let format = DeviceFormat {
        sample_rate_hz: config.sample_rate,
        channels: usize::from(config.channels),
    };
    let (feed, mut reader) = Stream::parts(format, gain);
    let mut scratch = vec![0.0; SCRATCH_SAMPLES / format.channels * format.channels];
    let callback = move |data: &mut [T], _: &cpal::OutputCallbackInfo| {
        for part in data.chunks_mut(scratch.len()) {
            let samples = &mut scratch[..part.len()];
            reader.fill(samples);
            for (to, &from) in part.iter_mut().zip(&*samples) {
                *to = T::from_sample(from);
            }
        }
    };
    let lost = Arc::new(OnceLock::new());
    let on_error = {
        let lost = Arc::clone(&lost);
        // A dead sound server makes this fire thousands of times a second.
        move |error: cpal::Error| {
            let harmless = matches!(
                error.kind(),
                cpal::ErrorKind::Xrun
                    | cpal::ErrorKind::DeviceChanged
                    | cpal::ErrorKind::RealtimeDenied
            );
            if !harmless && lost.get().is_none() {
                let _ = lost.set(format!("The sound device went away: {error}"));
            }
        }
    };
    let stream = device.build_output_stream(config, callback, on_error, None)?;
    stream.play()?;
    Ok(Stream::new(format, feed, lost, Box::new(stream)))
}
