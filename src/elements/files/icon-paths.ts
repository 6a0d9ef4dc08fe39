/** Path data in a 24 × 24 box, drawn in `currentColor`. */
export const filePaths = {
  attach:
    'M8 7v9a4 4 0 0 0 8 0V6a2.5 2.5 0 0 0-5 0v9a1 1 0 0 0 2 0V7h2v8a3 3 0 0 1-6 0V6a4.5 4.5 0 0 1 9 0v10a6 6 0 0 1-12 0V7z',
  file: 'M6 2h8l5 5v15H6zM8 4v16h9V8h-4V4z',
  image: 'M3 4h18v16H3zM5 6v12h14V6zM6 16.5l4-5 3 3.5 2-2 3 3.5z',
};
