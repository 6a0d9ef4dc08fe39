import { makeProbe } from '../probe.js';
import { VanillaCase } from './case.js';
import { VanillaFeed } from './feed.js';
import { desk } from './session.js';
import { setStyles } from './styles.js';

customElements.define('vanilla-case', VanillaCase);
customElements.define('vanilla-feed', VanillaFeed);
await makeProbe({
  button: 'vanilla-case',
  feed: 'vanilla-feed',
  configure: ({ backend, clock, styles }) => {
    Object.assign(desk, { backend, clock });
    setStyles(styles);
  },
});
