// Tells the page around a frame how high the frame's content is, when that changes: in our words and in those that
// pages made for Datawrapper understand. The height is the content's, never the frame's, so that nothing grows by itself.
(() => {
  if (parent === window) return;
  const id = document.body.dataset.embed;
  let told = 0;

  const tell = (again) => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (!again && Math.abs(height - told) <= 1) return;
    told = height;
    parent.postMessage({ "koillismaa-height": height, chart: id }, "*");
    parent.postMessage({ "datawrapper-height": { [id]: height } }, "*");
  };

  new ResizeObserver(() => tell(false)).observe(document.body);
  addEventListener("load", () => tell(false)); // no observer fires in a frame of another site that is out of sight
  addEventListener("message", ({ source, data }) => source === parent && data === "koillismaa-height?" && tell(true));
})();
