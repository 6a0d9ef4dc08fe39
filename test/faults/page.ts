// What a page loads: the elements as they are, in one script.
import '../../src/define.js';

import { configure } from '../../src/elements/configure.js';

Object.assign(globalThis, { faultsPage: { configure } });
