type Values = Record<string, string | number>;

const messages = ({ count }: Values) => (count === 1 ? '1 message' : `${count} messages`);

/** English for finding something in a long conversation, and for taking it along. */
export const enTools = Object.assign(
  {
    searchLabel: 'Search this conversation',
    searchHint:
      'The search of your browser finds only what is drawn now. This one looks through the whole conversation.',
    searching: 'Searching…',
    searchNone: 'Nothing found.',
    searchFailed: 'The search did not work: the help desk cannot be reached.',
    searchMore: 'Show more results',
    searchGone: 'This message could not be shown.',
    dayLabel: 'Show the conversation from',
    dayShow: 'Show',
    dayNone: 'Nothing was written on that day or later. These are the newest messages.',
    dayEmpty: 'Choose a day first.',
    saveText: 'Save as text',
    saveJson: 'Save as JSON',
    print: 'Print',
    saveCancel: 'Cancel',
    saveStopped: 'Stopped. What has been loaded is kept.',
    saveFailed: 'Not saved: the help desk cannot be reached. What has been loaded is kept.',
    saved: 'Saved: {name}',
    closeTool: 'Close',
    exportCase: 'Case {number}',
    exportStatus: 'Status: {status}',
    exportFiles: 'Files: {names}',
  },
  {
    searchFound: ({ count, more }: Values) => `${count}${more ? ' or more' : ''} found`,
    searchLoaded: (values: Values) =>
      `This help desk has no search. Looked through ${messages(values)} that are loaded.`,
    saving: (values: Values) => `Loading: ${messages(values)} so far…`,
    exportWhen: ({ time, zone, ...values }: Values) =>
      `${messages(values)}. Saved ${time}. Times are in ${zone}.`,
  },
);
