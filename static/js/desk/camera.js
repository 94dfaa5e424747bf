// The camera as a scanner. A ticket that stays in the picture is one scan, until it was away for a moment.
const LONGEST_SIDE = 800; // pixels; enough for a code that fills a third of the picture
const PAUSE = 80; // milliseconds between two pictures
const AWAY = 2500;

export class Camera {
  constructor(video, decoder, onCode) {
    Object.assign(this, { video, decoder, onCode, last: "", lastAt: 0 });
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
  }

  get isOpen() {
    return Boolean(this.stream);
  }

  async open() {
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", ...size } });
    this.worker = new Worker(this.decoder, { type: "module" });
    this.worker.onmessage = ({ data }) => this.read(data);
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look();
  }

  close() {
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = this.worker = this.video.srcObject = null;
  }

  look() {
    const { videoWidth, videoHeight } = this.video;
    if (!this.stream) return;
    if (!videoWidth) {
      this.timer = setTimeout(() => this.look(), PAUSE);
      return;
    }
    const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
    const width = (this.canvas.width = Math.round(videoWidth * scale));
    const height = (this.canvas.height = Math.round(videoHeight * scale));
    this.context.drawImage(this.video, 0, 0, width, height);
    const pixels = this.context.getImageData(0, 0, width, height).data.buffer;
    this.worker.postMessage({ pixels, width, height }, [pixels]);
  }

  read(text) {
    const now = Date.now();
    if (text) {
      const isNew = text !== this.last || now - this.lastAt > AWAY;
      this.last = text;
      this.lastAt = now;
      if (isNew) this.onCode(text);
    }
    this.timer = setTimeout(() => this.look(), PAUSE);
  }
}
