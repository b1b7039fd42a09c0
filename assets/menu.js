// Menus of cards: close on Escape and on a click outside, and copy what a button names.
(() => {
  const open = () => document.querySelectorAll("details.menu[open]");

  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copies), said = button.parentNode.querySelector(".said");
    field.select?.();
    let copied = true;
    try {
      await navigator.clipboard.writeText(field.value ?? field.innerText);
    } catch {
      copied = document.execCommand("copy"); // without https a page has no clipboard of its own
    }
    said.textContent = copied ? button.dataset.said : button.dataset.failed;
    setTimeout(() => { said.textContent = ""; }, 6000);
  };

  addEventListener("click", ({ target }) => {
    open().forEach((menu) => { menu.open = menu.contains(target); });
    const button = target.closest?.("[data-copies]");
    if (button) copy(button);
  });
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    open().forEach((menu) => {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    });
  });
  document.documentElement.dataset.menus = "on";
})();
