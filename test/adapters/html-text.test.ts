import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/adapters/request-tracker/html-text.js';

describe('a message written as HTML, as text', () => {
  it.each([
    ['<p>We <b>look</b> at it.</p><p>Today.</p>', 'We look at it.\nToday.'],
    ['one<br>two<br/>three', 'one\ntwo\nthree'],
    ['<ul><li>first</li><li>second</li></ul>', '- first\n- second'],
    ['a\n   b\tc', 'a b c'],
    ['A &lt;b&gt; &amp;amp; &quot;C&quot; &#8364; &#x20AC;&nbsp;!', 'A <b> &amp; "C" € € !'],
    ['&#0;&#xD800;&#x110000;&unknown;', '\ufffd\ufffd\ufffd&unknown;'],
    ['<style>p { color: red }</style><script>alert(1)</script>Hello<!-- secret -->', 'Hello'],
    ['<script>never closed', ''],
    ['5 < 6 and 7 > 6', '5 < 6 and 7 > 6'],
    ['text <img src="x" onerror="alert(1)', 'text'],
    ['<div><div>deep</div></div><div>&nbsp;</div><div>end</div>', 'deep\n\nend'],
    ['', ''],
  ])('%j', (html, text) => expect(htmlToText(html)).toBe(text));

  it('keeps every word, and takes no longer for what is not closed', () => {
    const word = fc.stringMatching(/^[a-z0-9äß]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.constantFrom('p', 'div', 'b', 'li'), (words, tag) => {
        const html = words.map((one) => `<${tag}>${one}</${tag}> `).join('');
        expect(
          htmlToText(html)
            .split(/[\s-]+/)
            .filter(Boolean),
        ).toEqual(words);
      }),
    );
    // Each would take minutes if its time grew with the square.
    for (const unit of ['<br ', '<li ', '</p ', '</p', '<a ', '<script></script '])
      expect(htmlToText(`Hello${unit.repeat(1_000_000 / unit.length)}`).split('\n')[0]).toMatch(/^Hello/);
    expect(htmlToText('<'.repeat(100_000))).toHaveLength(100_000);
    expect(htmlToText('<!--'.repeat(50_000))).toBe('');
  });
});
