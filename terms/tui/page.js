// Keys go to the terminal as soon as there is one, without a click first.
addEventListener("load", () => {
  const looking = setInterval(() => {
    const field = document.querySelector(".xterm-helper-textarea");
    if (field) {
      clearInterval(looking);
      field.focus();
    }
  }, 50);
});
