import { newId } from '../core/id.js';
import { ensure, refused, same, Skip, type Actors, type Scene, type Topic } from './contract.js';

/** Files with requests and messages, where the help desk takes them. */

const limitsOf = async ({ customer }: Scene) => {
  const limits = (await customer.load()).can?.attach;
  if (!limits) throw new Skip('the help desk takes no files');
  return limits;
};

/** A file that the help desk takes. */
async function sample(scene: Scene, bytes: BlobPart = 'node 2 restarted\n'): Promise<File> {
  const [rule = ''] = (await limitsOf(scene)).types;
  if (rule.startsWith('.')) return new File([bytes], `trace${rule}`, { type: 'application/octet-stream' });
  return new File([bytes], 'trace of node 2', { type: rule.replace(/^\*/, 'text').replace('*', 'plain') });
}

const upload = async (scene: Scene, who: Actors['customer'] = scene.customer) => {
  const file = await sample(scene);
  return who.upload(file.name, file);
};

export const filing: Topic = {
  'files: one named in a message is there for the other side, byte for byte': async (scene) => {
    const { customer, owner } = scene;
    const { id } = (await customer.escalate()).escalation;
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    const file = await sample(scene, bytes);
    const kept = await customer.upload(file.name, file);
    same([kept.name, kept.bytes], [file.name, 300], 'name, bytes');
    const sent = await customer.post(id, 'The trace', newId(), [kept.id]);
    same(
      sent.attachments?.map(({ name }) => name),
      [file.name],
      'attachments of the answer',
    );
    const seen = (await owner.entries(id)).entries.find((entry) => entry.id === sent.id);
    const [attachment] = seen?.attachments ?? [];
    ensure(attachment, 'the owner sees no attachment');
    same([attachment.name, attachment.bytes], [file.name, 300], 'name, bytes for the owner');
    const found = new Uint8Array(await (await owner.download(attachment.id)).arrayBuffer());
    same([...found], [...bytes], 'the bytes');
  },
  'files: one named in a request is there for the other side': async (scene) => {
    const { customer, owner, setup } = scene;
    const kept = await upload(scene);
    const body = { ...setup.request, attachmentIds: [kept.id] };
    const { id } = (await customer.escalate(newId(), body)).escalation;
    const [attachment] = (await owner.escalation(id)).attachments ?? [];
    same(attachment?.name, kept.name, 'name');
    same((await owner.download(attachment?.id ?? '')).size, kept.bytes, 'bytes');
  },
  'files: the same message again is the same, with its file': async (scene) => {
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    const kept = await upload(scene);
    const clientId = newId();
    const first = await customer.post(id, 'Once', clientId, [kept.id]);
    const again = await customer.post(id, 'Once', clientId, [kept.id]);
    same([again.id, again.attachments], [first.id, first.attachments], 'id, attachments');
  },
  'files: what is not there, somebody else’s, or named already cannot be named': async (scene) => {
    const { customer, colleague } = scene;
    const { id } = (await customer.escalate()).escalation;
    const theirs = await upload(scene, colleague);
    const used = await upload(scene);
    await customer.post(id, 'First', newId(), [used.id]);
    for (const file of ['no-such-file', theirs.id, used.id]) {
      const error = await refused(
        customer.post(id, 'Again', newId(), [file]),
        'invalid',
        `post with ${file}`,
      );
      same(error.details.errors?.[0]?.pointer, '/attachmentIds/0', 'pointer');
    }
  },
  'files: too large a file is refused': async (scene) => {
    const { maxBytes } = await limitsOf(scene);
    const { name, type } = await sample(scene);
    const large = new Blob([new Uint8Array(maxBytes + 1)], { type });
    const error = await refused(scene.customer.upload(name, large), 'file-too-large', 'upload');
    same(error.details.maxBytes, maxBytes, 'maxBytes');
    const most = new Blob([new Uint8Array(maxBytes)], { type });
    same((await scene.customer.upload(name, most)).bytes, maxBytes, 'bytes of the largest');
  },
  'files: a type that is not taken is refused': async (scene) => {
    const { types } = await limitsOf(scene);
    if (types.includes('*/*')) return;
    const odd = new Blob(['?'], { type: 'application/x-never-taken' });
    const error = await refused(scene.customer.upload('odd.never-taken', odd), 'file-type-refused', 'upload');
    same(error.details.allowed, types, 'allowed');
  },
  'files: a stranger can neither upload nor download': async (scene) => {
    const { customer, stranger } = scene;
    const { id } = (await customer.escalate()).escalation;
    const kept = await upload(scene);
    await customer.post(id, 'The trace', newId(), [kept.id]);
    await refused(stranger.download(kept.id), 'not-found', 'download by a stranger');
    const file = await sample(scene);
    await refused(stranger.upload(file.name, file), 'not-found', 'upload by a stranger');
    await refused(customer.download('no-such-file'), 'not-found', 'download of no file');
  },
};
