// Tones of our own: two that rise for welcome, two alike for already, a low one for no.
const TONES = {
  good: [[660, 0, 0.12], [990, 0.12, 0.2]],
  warn: [[440, 0, 0.12], [440, 0.2, 0.12]],
  bad: [[150, 0, 0.5]],
};
const SHAKES = { good: 60, warn: [60, 80, 60], bad: 400 };
let audio;

export function play(tone) {
  navigator.vibrate?.(SHAKES[tone] || 0);
  try {
    audio ||= new AudioContext();
    audio.resume();
    for (const [pitch, after, length] of TONES[tone] || []) sing(pitch, audio.currentTime + after, length, tone);
  } catch {
    // no sound here; colour and words say the same
  }
}

function sing(pitch, from, length, tone) {
  const voice = new OscillatorNode(audio, { type: tone === "bad" ? "square" : "triangle", frequency: pitch });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(tone === "bad" ? 0.15 : 0.4, from + 0.01);
  volume.gain.linearRampToValueAtTime(0, from + length);
  voice.connect(volume).connect(audio.destination);
  voice.start(from);
  voice.stop(from + length + 0.02);
}
