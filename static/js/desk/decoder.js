// Runs beside the page: gets a picture, says what its QR code holds, or nothing.
import "../../vendor/jsQR.js";

self.addEventListener("message", ({ data: { pixels, width, height } }) => {
  const found = self.jsQR(new Uint8ClampedArray(pixels), width, height, { inversionAttempts: "dontInvert" });
  self.postMessage(found ? found.data : "");
});
