/**
 * Does something that may take as long as it goes on.
 * @param ms until it is given up; `more` moves that, to so many milliseconds from then
 * @param work told of the giving up by `late`
 */
export async function patiently<T>(
  ms: number,
  work: (late: AbortController, more: (ms: number) => void) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  const more = (next: number) => {
    clearTimeout(timer);
    // What goes on in spite of its end leaves no timer behind.
    if (!over) timer = setTimeout(() => late.abort(), next);
  };
  more(ms);
  try {
    return await work(late, more);
  } finally {
    over = true;
    clearTimeout(timer);
  }
}
