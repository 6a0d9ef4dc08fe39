/** Offers a file to be saved: one that was made in the page, or fetched for somebody. */
export function download(name: string, type: string, content: BlobPart): void {
  const href = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href, download: name });
  link.click();
  // Read by then: some browsers begin only after the click.
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
