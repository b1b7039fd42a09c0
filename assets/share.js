// "Embed and share" in a card's menu: what the reader chooses becomes another code, written by the server; and a card
// is copied as rich text for a document: its title, picture, source and table.
(() => {
  const chosen = (box, part) => box.querySelector(`[data-part="${part}"]`).value;

  // the choices lie once in the page for all menus: they come into the one that is opened, and anew when the page has
  // been changed around an open one
  function offer() {
    const choices = document.getElementById("share-choices");
    for (const box of document.querySelectorAll(".share[open] > [data-share]")) {
      if (!box.querySelector(".choices")) box.prepend(choices.firstElementChild.cloneNode(true));
    }
  }

  async function write(box) {
    const url = new URL(box.dataset.share, location.href), said = box.querySelector(".said");
    for (const part of ["as_of", "lang", "theme"]) {
      if (chosen(box, part)) url.searchParams.set(part, chosen(box, part));
    }
    const width = chosen(box, "width");
    const asked = new URLSearchParams({ format: "json", url: url.href, ...(width && { maxwidth: width }) });
    try {
      const answer = await fetch(`/oembed?${asked}`);
      if (!answer.ok) throw answer;
      box.querySelector("textarea").value = (await answer.json()).html;
      box.querySelector(".more a").href = url.href;
      said.textContent = "";
    } catch {
      said.textContent = box.dataset.failed;
    }
  }

  const safe = (words) => words.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt()};`);

  // only text and tables are taken over: no class, no style, nothing that a document would not understand
  function richText(card, picture) {
    const words = (selector) => [...card.querySelectorAll(selector)].map((each) => `<p>${safe(each.textContent)}</p>`).join("");
    const title = safe(card.querySelector("h2").textContent);
    const table = card.querySelector("table");
    const rows = [...(table?.rows ?? [])].map((row) =>
      `<tr>${[...row.cells].map((cell) => `<td>${safe(cell.textContent)}</td>`).join("")}</tr>`);
    return `<h2>${title}</h2><p><img src="${safe(picture)}" width="600" alt="${safe(card.querySelector("desc")?.textContent ?? "")}"></p>`
      + words(":scope > .summary") + `<table border="1">${rows.join("")}</table>` + words(".legend li")
      + words(":scope > .note") + words(":scope > .source");
  }

  // without https a page has no clipboard of its own: then what is to be copied is shown and selected for a moment
  function copySelected(html) {
    const shelf = document.body.appendChild(document.createElement("div"));
    shelf.innerHTML = html;
    const range = document.createRange();
    range.selectNodeContents(shelf);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const copied = document.execCommand("copy");
    shelf.remove();
    return copied;
  }

  async function copyCard(button) {
    const said = button.nextElementSibling;
    const card = document.getElementById(button.dataset.copiesCard), html = richText(card, button.dataset.picture);
    let copied = true;
    try {
      const plain = new DOMParser().parseFromString(html.replace(/<\/(p|h2|tr)>/g, "\n$&").replace(/<\/td>/g, "\t$&"), "text/html");
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([html], { type: "text/html" }),
        "text/plain": new Blob([plain.body.textContent], { type: "text/plain" }),
      })]);
    } catch {
      copied = copySelected(html);
    }
    said.textContent = copied ? button.dataset.said : button.dataset.failed;
    setTimeout(() => { said.textContent = ""; }, 6000);
  }

  addEventListener("toggle", offer, true); // it does not bubble
  addEventListener("redrawn", offer);
  addEventListener("change", ({ target }) => {
    const box = target.closest?.("[data-share]");
    if (box) write(box);
  });
  addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-copies-card]");
    if (button) copyCard(button);
  });
})();
