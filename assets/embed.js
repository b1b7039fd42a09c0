// For pages that embed charts: makes each frame as high as its content. Without it the frames keep their own height.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const frames = () => [...document.querySelectorAll("iframe")].filter((each) => each.src.startsWith(origin + "/embed/"));

  addEventListener("message", (event) => {
    const height = event.origin === origin && event.data?.["koillismaa-height"];
    if (!(height > 40 && height < 10000)) return;
    const frame = frames().find((each) => each.contentWindow === event.source);
    if (frame && Math.abs(frame.clientHeight - height) > 1) frame.style.height = `${Math.ceil(height)}px`;
  });
  // those that were there before this script
  frames().forEach((each) => each.contentWindow.postMessage("koillismaa-height?", origin));
})();
