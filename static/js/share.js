// Where the device has a way to pass an address on, the button opens that instead of showing the address.
document.querySelectorAll("[data-share]").forEach((place) => {
  if (!navigator.share) return;
  place.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    navigator.share({ title: place.dataset.share, url: place.querySelector("input").value }).catch((error) => {
      if (error.name !== "AbortError") place.open = true;
    });
  });
});
