import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { packStrings } from '../scripts/pack-strings.mjs';

/** The stand-alone file with its strings packed does what it did before. */

/** As much text as there is in a real file, at least. */
const MUCH = readFileSync('README.md', 'utf8');
const LONG = 'a text that is long enough to be worth a piece of its own';
const run = (code: string): unknown =>
  JSON.parse(runInNewContext(`JSON.stringify(${code})`, { TextDecoder }));

describe('packing strings', () => {
  const TAG =
    'const t=(s,...v)=>[s.join("|"),s.raw.join("|"),Object.isFrozen(s),Object.isFrozen(s.raw),...v];';
  it.each<[string, string]>([
    ['a return and a case without a blank', `(()=>{switch("${LONG}"){case"${LONG}":return"${LONG}"}})()`],
    ['"…"in', `"${LONG}"in{"${LONG}":1}`],
    ['a static template', `[\`${LONG}\`,\`${LONG}\`]`],
    [
      'quotes, line breaks, emoji, isolates',
      `["${LONG} \\"'\\\\ \\n\\t \\u2068😀\\u2069","${LONG} ${'é'.repeat(40)}"]`,
    ],
    [
      'half a surrogate pair, control characters',
      `["${LONG}\\ud83d","${LONG}\\x01","${LONG}\\x02","${LONG}\\x03"]`,
    ],
    ['a template with values', `(()=>{${TAG}return t\`<p class="${LONG}">\${1}, \${2}</p>\`})()`],
    ['a template whose value is a sequence', `(()=>{${TAG}return t\`<p>\${(1,2)}${LONG}\${3,4}\`})()`],
    ['a template in a template', `(()=>{${TAG}return t\`${LONG}\${t\`<i>${LONG}\${5}</i>\`}\`})()`],
    ['a template with escapes', `(()=>{${TAG}return t\`${LONG}\\n\\u2068\${6} \\\`\`})()`],
    ['a template of a method', `(()=>{const o={p:1,t(s){return[this.p,s[0]]}};return o.t\`${LONG}\`})()`],
    ['new and a template', `(()=>{const T=s=>class{x=s[0]};return new T\`${LONG}\`})()`],
    [
      'one strings array for each place',
      `(()=>{const t=s=>s,f=()=>t\`${LONG}\`,g=()=>t\`${LONG}\`;return[f()===f(),f()===g()]})()`,
    ],
    ['"use strict"', `(function(){"use strict";return[this===void 0,"use strict","use strict"]})()`],
    ['constants', `{list:["${LONG}",1,1e3,!0,!1,null,{"a b":.5,c:[]}],none:[,"${LONG}"].length}`],
    ['constants, made anew each time', `(()=>{const f=()=>["${LONG}","${LONG}"];return f()===f()})()`],
    ['__proto__', `Object.getPrototypeOf({__proto__:{inherited:"${LONG}${LONG}"}})`],
    [
      'long names',
      `(()=>{class A{static veryLongStaticName=7;veryLongField=8;get veryLongGetter(){return 9}async veryLongAsync(){}#veryLongPrivate=1;veryLongMethod(){return this.#veryLongPrivate}}
      class B extends A{constructor(){super()}veryLongMethod(){return super.veryLongMethod()+1}}
      const b=new B,{veryLongField:e,...rest}=b,n=null;
      return[A.veryLongStaticName,A.veryLongStaticName,b.veryLongField,b.veryLongGetter,b?.veryLongMethod(),n?.veryLongMethod(),b.veryLongNone?.veryLongMethod(),e,rest,b.veryLongMethod.name,Object.getOwnPropertyNames(B.prototype)]})()`,
    ],
  ])('%s', async (_what, code) => {
    const expression = `[${JSON.stringify(MUCH)},(${code})]`;
    expect(run(await packStrings(expression))).toEqual(run(expression));
  });

  it('takes the texts out, and keeps the names of a page', async () => {
    const packed = await packStrings(
      `[document.veryLongProperty,"${LONG}","${LONG}",window.veryLongProperty]`,
    );
    expect(packed).not.toContain('long enough');
    expect(packed).toContain('document');
    expect(packed).not.toContain('escalation-elements');
  });
});
