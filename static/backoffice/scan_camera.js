// A phone without a scanner scans with its camera, where the browser can read barcodes.
const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "itf", "code_128", "code_39"];
const EACH = 150, SAME_AGAIN = 1500;

export const camera = (button, scanned) => {
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  button.hidden = false;
  const dialog = document.getElementById("camera"), video = dialog.querySelector("video"), said = dialog.querySelector("[data-camera-said]");
  let stream, timer, last = { code: "", at: 0 };
  const look = async (detector) => {
    if (!dialog.open) return;
    const [found] = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : [];
    if (found && (found.rawValue !== last.code || Date.now() - last.at > SAME_AGAIN)) {
      said.textContent = scanned(found.rawValue);
      navigator.vibrate?.(60);
    }
    if (found) last = { code: found.rawValue, at: Date.now() };  // the same box still lies before the lens
    timer = setTimeout(() => look(detector), EACH);
  };
  button.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch { button.hidden = true; return; }
    const known = await window.BarcodeDetector.getSupportedFormats();
    said.textContent = "";
    video.srcObject = stream;
    dialog.showModal();
    await video.play();
    look(new window.BarcodeDetector({ formats: FORMATS.filter((format) => known.includes(format)) }));
  });
  dialog.addEventListener("close", () => { clearTimeout(timer); stream?.getTracks().forEach((track) => track.stop()); });
};
