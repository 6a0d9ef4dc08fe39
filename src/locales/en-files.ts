type Values = Record<string, string | number>;

const files = ({ count }: Values) => (count === 1 ? 'One file' : `${count} files`);

/** English for files, on their way and there. What counts stands apart: words alone are data, which packs well. */
export const enFiles = Object.assign(
  {
    files: 'Files',
    'files.attach': 'Attach files',
    'files.hint': '{types}, up to {size} each. You can also drop or paste them here.',
    'files.hintAny': 'Up to {size} each. You can also drop or paste them here.',
    'files.drop': 'Drop the files here',
    'files.kind.image': 'Images',
    'files.kind.text': 'Texts',
    'files.kind.video': 'Videos',
    'files.kind.audio': 'Sound',
    'files.pasted': 'Pasted {time}',
    'files.waiting': 'Waiting…',
    'files.uploading': 'Uploading…',
    'files.progress': 'Upload of {name}',
    'files.progressCount': '{done} of {count} files are there',
    'files.cancel': 'Cancel',
    'files.cancelFile': 'Cancel the upload of {name}',
    'files.retry': 'Retry',
    'files.retryFile': 'Retry {name}',
    'files.remove': 'Remove',
    'files.removeFile': 'Remove {name}',
    'files.empty': 'Not attached: the file is empty.',
    'files.too-large': 'Not attached: too large. A file may have up to {size}.',
    'files.type': 'Not attached: this kind of file is not taken. Taken are: {types}.',
    'files.lost': 'Not attached: this page no longer has it. Add it again.',
    'files.network': 'Not attached: the connection was lost.',
    'files.signedOut': 'Not attached: your sign-in has expired. Sign in in another tab, then choose Retry.',
    'files.failed': 'Not attached: the help desk could not take it.',
    'files.twice': '{name} is attached already.',
    'files.tooMany': 'At most {most} files can be attached. Left out: {names}',
    'files.more': '{names} and {count} more',
    'files.sendWaits': 'Sending when the files are there…',
    'files.dontSend': 'Do not send yet',
    'files.held': 'Not sent yet: {names} could not be attached. Retry or remove it, or:',
    'files.sendWithout': 'Send without it',
    'files.gone':
      'Not sent: the help desk keeps a file for an hour, and has dropped {names}. Attach it to a new message, or:',
    'files.renewing': 'Uploading again…',
    'files.download': 'Download {name}',
    'files.downloading': 'Downloading…',
    'files.notSaved': 'Not downloaded: the help desk could not send it.',
    'files.notSavedNetwork': 'Not downloaded: the connection was lost.',
    'files.notSavedSignedOut':
      'Not downloaded: your sign-in has expired. Sign in in another tab, then choose Retry.',
    'files.notSavedGone': 'Not downloaded: the file is no longer there.',
    'files.notAdded': 'The files cannot be added to it here: attach them to a message in its conversation.',
  },
  {
    'files.attached': (values: Values) => `${files(values)} attached.`,
    'files.notAttached': (values: Values) => `${files(values)} could not be attached.`,
  },
);
