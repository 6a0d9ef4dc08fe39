/**
 * What scripts/policy-schema.mjs says about every member of a policy, by its path: `[]` is an item of a list, `{}` a
 * member of a map, `$` a shared definition. They live here because policy-schema.ts is shipped to browsers. A list is a
 * description with examples.
 */
export const WORDS = {
  $schema: ['Path or URL of this schema, for editors.', './policy.schema.json'],
  schemaVersion: 'Version of the document format. This schema describes version 1.',
  id: ['Names the process, for example in /policies/{id}/{version}.', 'standard'],
  version:
    'Raised by every change of this document. An escalation keeps the version that it was requested under.',
  language: ['BCP 47 tag of the texts that are plain strings.', 'en', 'de'],
  title: 'Name of the process.',
  article:
    'The published article that the process comes from (P19), with last-modified date and attachments. Where there is one, the dialog asks whether it was helpful (P20).',
  'article.id': ['Number of the article, as people quote it.', 'KB30196'],
  'article.title': 'Title of the article; without one, its id is shown.',
  'article.url': ['Where the article is read.', 'https://example.com/articles/KB30196'],
  'article.lastModified': [
    'When the article was last changed: a local date, with a time if known.',
    '2020-10-30T21:30',
  ],
  'article.attachments': 'Files that belong to the article.',
  'article.attachments[].label': 'Name of the file, as the link is called.',
  'article.attachments[].href': ['Where the file is.', 'https://example.com/articles/KB30196/attachment-1'],
  expectations: 'What to expect while the case waits on somebody, by the value of `waitingOn` (G1).',
  'expectations[].waitingOn': [
    'On whom the case waits: support, customer, development, cloud-operations or third-party.',
    ['development'],
  ],
  'expectations[].text':
    'What people read before they escalate, such as that an analysis may need more time.',
  appliesTo:
    'Programs, plans and products that the whole process is for (P13). Anything else is not offered; `otherwise` says why.',
  'appliesTo.programs': ['Only cases of these programs; null is a case without one.', [null]],
  'appliesTo.plans': ['Only customers with one of these support plans.', ['Platinum']],
  'appliesTo.products': 'Only cases about these products.',
  'appliesTo.otherwise':
    'Said to all others: for whom the process is, and what they can do. Without it they see nothing at all.',
  channels:
    'Where a request goes: an ordered table, the first row whose `when` matches wins (G43). `none` is not offered. A case whose program is not known takes the e-mail row of a program (G14).',
  'channels[].id': ['Names the row, in verdicts and in errors.', 'my-support'],
  'channels[].when': ['The cases of this row; {} is for all that no earlier row has taken.', {}],
  'channels[].title': 'Heading of the dialog where there is no form, and the note beside the button.',
  'channels[].text':
    'What people read in place of the form; of a `none` row, why an escalation is not offered.',
  'channels[].use': 'The way: form, email, contact, link, or none.',
  'channels[].email': 'The e-mail that the dialog drafts, to open, copy or download (G15, G16).',
  'channels[].email.to': ['The recipient: one plain address (G17).', 'escalations@example.com'],
  'channels[].email.subject': [
    'Ids of the fields that make up the subject, in order (G15).',
    ['customer-name', 'case-number', 'brief-problem'],
  ],
  'channels[].email.separator': ['Stands between the fields of the subject.', ' - '],
  'channels[].email.body': 'The fields of the text, line by line, in order (G16).',
  'channels[].email.body[].id': [
    'Which field: filled in from the case where the case has it, asked where not.',
    'description',
  ],
  'channels[].email.body[].label': 'What stands before the field, in the e-mail and above the question.',
  'channels[].contact': 'Id of the contact, in `contacts`, that people call.',
  'channels[].warning': 'Said with the numbers, such as which ways take longer when it is urgent (G23).',
  'channels[].link': 'Where the request is made instead.',
  'channels[].link.label': 'The words of the link.',
  'channels[].link.href': ['Where it leads.', 'https://example.com/escalate'],
  contacts: 'Phone numbers and words for those who should call, by id (G24).',
  'contacts{}.name': 'Who answers.',
  'contacts{}.phones': 'The numbers, in the order shown.',
  'contacts{}.phones[].label': 'Region or purpose of the number.',
  'contacts{}.phones[].number': ['As people read it; it becomes a link that dials.', '+1 555 0100'],
  'contacts{}.phones[].hours': 'When somebody answers, in words with the time zone.',
  'contacts{}.alternative':
    'What people do who cannot use the phone. Not a way that a `warning` forbids (G23).',
  criteria:
    'What must be met (`blocks`), answered (`asks`) or is only shown (`advises`) before a request, in the order shown (G2). A blocking criterion whose fact is missing is asked.',
  'criteria[].id': ['Names the criterion, in requests and in the reasons of a refusal.', 'case-open'],
  'criteria[].when': [
    'The cases that have this criterion; for all others it does not exist.',
    { priority: ['high'] },
  ],
  'criteria[].effect':
    'blocks: no form until it is met. asks: a question in the form. advises: shown, never in the way.',
  'criteria[].title': 'What is so when it is met, as a short statement.',
  'criteria[].guidance':
    'Read when it is not met: why, and what people can do. Say whose reply restarts a clock, and whether days are business days.',
  'criteria[].remedies': 'Ways out of "not yet" that the page offers, best first.',
  'criteria[].kind': 'How it is judged.',
  'criteria[].priorities': ['Cases of these priorities do not meet it.', ['low']],
  'criteria[].hours': ['Hours that have to pass, by the `clock`.', 24],
  'criteria[].by':
    "Whose update starts the clock. support: the customer's own replies do not restart it. anyone: they do.",
  'criteria[].clock': 'elapsed: hours as they pass. business: only hours of the `calendar`.',
  'criteria[].since': 'The time from which days are counted: when a Root Cause Analysis was asked for.',
  'criteria[].days': 'Business days of the `calendar` that have to pass, by deployment (G7).',
  'criteria[].days.cloud': ['Days for a cloud deployment.', 5],
  'criteria[].days.premises': ['Days for a deployment on premises.', 7],
  'criteria[].question': 'The question, answered with yes or no.',
  'criteria[].expects': 'The answer that lets the request go on; the other one shows guidance and remedies.',
  'criteria[].impact': 'With a yes, the business impact is asked for in words, in `form.impact` (G10).',
  'criteria[].before': 'Asked before the form, so that nobody fills in a form in vain (G6, G22).',
  reasons:
    'The choices of the form, in order (P5, G28). Label and promises are frozen into each escalation (P12).',
  'reasons[].id': ['Names the reason in a request; never reuse one for something else.', 'other'],
  'reasons[].label': 'The choice, in few words.',
  'reasons[].whenToSelect': 'When this is the right choice; read while choosing (P6).',
  'reasons[].action': 'What will happen; read after choosing, and again after sending (P6).',
  'reasons[].promises': 'The same as a list, frozen into the escalation and ticked off by its owner.',
  'reasons[].promises[].id': ['Names the promise within the reason.', 'next-steps'],
  'reasons[].promises[].text': 'What somebody will do, as in "tell you the next steps".',
  'reasons[].promises[].withinHours': [
    'Hours from the request until it is due; left out, no time is promised.',
    24,
  ],
  'reasons[].responder': ['The actor who responds, by its id in `actors` (P8, P10).', 'owner'],
  'reasons[].details': 'Whether details must be written, are asked for, or may be left out (P11, P14).',
  'reasons[].detailsHint': 'What to write, beneath the field.',
  'reasons[].minDetails': 'Least characters of required details (P11).',
  'reasons[].contact': 'Asks how and when to be contacted (P8).',
  'reasons[].fields': [
    'Ids of further fields, from `form.fields`, that this reason asks for.',
    ['rma-number'],
  ],
  'reasons[].plans': ['Only for customers with one of these support plans (P13).', ['Platinum']],
  'reasons[].when': ['The cases that have this choice (P10).', { rma: true }],
  'reasons[].visibility':
    'owner-only: neither the engineer nor the assignee of the case learns of the request (P9).',
  'reasons[].active': 'false takes the choice away; escalations that have it keep it (P12).',
  'reasons[].instead':
    'Choosing it leads elsewhere instead of to a request: for what the criteria forbid (G6).',
  'reasons[].instead.text': 'Why this is no escalation, and what is right instead.',
  'reasons[].instead.remedies': 'The ways that are right, best first.',
  'reasons[].source': 'Where the reason comes from, for those who keep the policy.',
  form: 'Words, fields and limits of the request.',
  'form.title': 'Heading of the dialog.',
  'form.intro': 'Read above the form.',
  'form.submit': 'The words of the button that sends.',
  'form.sent': 'Said after sending, besides the action of the reason (P16).',
  'form.reasonLabel': 'The question that the reasons answer.',
  'form.reasons': 'select: a drop-down. radios: all reasons in sight, with when to select each.',
  'form.details': 'The large text field (P14, G29).',
  'form.details.label': 'Its label.',
  'form.details.hint': 'What to write, where the reason has no hint of its own.',
  'form.details.maxLength': ['Most characters.', 2000],
  'form.impact': 'The field for the business impact, asked by a criterion with `impact` (G10).',
  'form.impact.label': 'Its label.',
  'form.impact.hint': 'What to write.',
  'form.impact.maxLength': ['Most characters.', 1000],
  'form.contactMethods': 'How people can ask to be contacted, in the order shown (P8).',
  'form.fields': 'Further fields; each is asked by the reasons that name it.',
  'form.fields[].id': ['Names the field, in reasons and in requests.', 'go-live-date'],
  'form.fields[].label': 'Its label.',
  'form.fields[].hint': 'What to write.',
  'form.fields[].required': 'Whether a request is refused without it.',
  'form.fields[].kind': 'text: one line. date: a day, as YYYY-MM-DD.',
  'form.fields[].maxLength': 'Most characters; a date needs 10.',
  'form.onBehalfOf':
    'Label of the field in which a partner names the end customer (G31); left out, it is not asked.',
  'form.urgent': 'A line that is always there: where to go when it is urgent (G23).',
  'form.urgent.text': 'The line: what counts as urgent, and whom to contact then.',
  'form.urgent.contact': 'Id of the contact, in `contacts`, that it leads to.',
  calendar:
    'Business days and hours in a time zone, 1 = Monday … 7 = Sunday; holidays as YYYY-MM-DD. Needed where a criterion counts business time.',
  'calendar.timeZone': ['IANA time zone in which the days and hours are meant.', 'Europe/Berlin'],
  'calendar.days': ['Business days: 1 = Monday … 7 = Sunday.', [1, 2, 3, 4, 5]],
  'calendar.hours': 'Business hours of such a day.',
  'calendar.hours.from': ['When they begin, as HH:MM.', '09:00'],
  'calendar.hours.to': ['When they end, as HH:MM; 24:00 is midnight.', '17:00'],
  'calendar.holidays': [
    'Days without business hours, as YYYY-MM-DD. Add the coming years in time.',
    ['2027-01-01'],
  ],
  lifecycle:
    'Hours to answer and to update, priority by importance and urgency (G35), who may withdraw, how long a resolved escalation can be reopened, who hears of a late update.',
  'lifecycle.responseHours': [
    'Hours in which somebody should answer a request; left out, no time is promised.',
    24,
  ],
  'lifecycle.updateHours':
    'Hours until the next update after an acceptance, by priority; left out, the owner names the time.',
  'lifecycle.updateHours.low': ['For escalations of low priority.', 72],
  'lifecycle.updateHours.medium': ['For escalations of medium priority.', 48],
  'lifecycle.updateHours.high': ['For escalations of high priority.', 24],
  'lifecycle.priority': 'Priority of the escalation, by importance and then by urgency (G35).',
  'lifecycle.priority.low': 'Of low importance, by urgency.',
  'lifecycle.priority.low.low': 'Priority at low importance and low urgency.',
  'lifecycle.priority.low.medium': 'Priority at low importance and medium urgency.',
  'lifecycle.priority.low.high': 'Priority at low importance and high urgency.',
  'lifecycle.priority.medium': 'Of medium importance, by urgency.',
  'lifecycle.priority.medium.low': 'Priority at medium importance and low urgency.',
  'lifecycle.priority.medium.medium': 'Priority at medium importance and medium urgency.',
  'lifecycle.priority.medium.high': 'Priority at medium importance and high urgency.',
  'lifecycle.priority.high': 'Of high importance, by urgency.',
  'lifecycle.priority.high.low': 'Priority at high importance and low urgency.',
  'lifecycle.priority.high.medium': 'Priority at high importance and medium urgency.',
  'lifecycle.priority.high.high': 'Priority at high importance and high urgency.',
  'lifecycle.withdraw': [
    'Actors who may withdraw a request, by their ids in `actors`.',
    ['customer', 'partner'],
  ],
  'lifecycle.reopenDays': 'Days in which a resolved escalation can be reopened; 0: it cannot.',
  'lifecycle.ladder': 'Who else hears of an update that is late, in the order of time.',
  'lifecycle.ladder[].afterHours': ['Hours after the update was due.', 4],
  'lifecycle.ladder[].role': ['The actor who hears of it, by its id in `actors`.', 'manager'],
  'lifecycle.nudgeMinutes': 'Minutes until a late update can be asked for again.',
  feed: 'The conversation with the owner (G39–G41): its title, what belongs there, and programs that have none (G38).',
  'feed.title': 'Heading of the conversation.',
  'feed.hint': 'What belongs here and what on the case (G40, G41).',
  'feed.offFor': ['Programs whose cases send and keep no entries (G14, G38).', ['fedramp-cloud-cx']],
  'feed.offText': 'Said in place of the conversation where it is off.',
  'feed.alsoOnCase': "The owner's messages also go on the case (G37).",
  actors: 'Roles and their labels (P17, G44). `reviews`: takes and decides escalations (G32).',
  'actors{}.label': 'What people read beside a name.',
  'actors{}.reviews': 'Takes and decides escalations (G32). Never the customer or the partner.',
  help: 'Links, by product and audience where given (G8, G42).',
  'help[].label': 'The words of the link.',
  'help[].href': ['Where it leads.', 'https://example.com/case-escalation'],
  'help[].products': 'Only for cases about these products.',
  'help[].audiences': 'Only for direct customers, or only for partners (G8).',
  labels:
    'Words of the page that this process has its own for, by message id; `button` is the label of the button.',
  '$condition.priority': ['Priority of the case; null is a case without one.', ['high', 'critical']],
  '$condition.status': 'Status of the case.',
  '$condition.program': ['Program of the customer; null is a commercial case.', ['fedramp-cloud-cx'], [null]],
  '$condition.plan': ['Support plan of the customer; null is none.', ['Platinum']],
  '$condition.product': ['Product of the case; null is none.', ['Cloud CX']],
  '$condition.deployment': 'Where the product runs; null is not known.',
  '$condition.audience': 'Whether a direct customer or a partner asks.',
  '$condition.assigned': 'Whether somebody owns the case.',
  '$condition.rma': 'Whether the case has a part replacement (RMA).',
  '$condition.rca': 'Whether a Root Cause Analysis was asked for on the case.',
  '$remedy.kind': 'What the page does.',
  '$remedy.label': 'The words of the button or link.',
  '$remedy.priority': 'The priority to ask for (G12).',
  '$remedy.text': 'The note that is put on the case, for people to change before they send it (G12).',
  '$remedy.contact': 'Id of the contact, in `contacts`, that is shown (G13).',
  '$remedy.href': ['Where it leads.', 'https://example.com/handbook'],
};

/** The kinds of criteria. */
export const KINDS = {
  'case-open': 'Met while the case is neither resolved nor closed (G3).',
  assigned: 'Met once somebody owns the case (G19).',
  'priority-not': 'Met unless the case has one of these priorities (G11).',
  'elapsed-since-update':
    'Met so many hours after the last update (G9). `by`: whose update starts the clock; `clock`: hours as they pass, or hours of business time.',
  'business-days-since':
    'Met so many business days, by deployment, after a Root Cause Analysis was asked for; met at once where none was (G7).',
  'not-waiting-on-customer':
    'Met unless support waits for the customer, who can contradict: "I have already replied" (G5).',
  'recent-update-read': 'Shows the last update, so that nobody misses it (G4).',
  confirm:
    'A question; only the answer in `expects` lets the request go on (G6). `impact`: the right answer also asks for the business impact in words (G10). `before`: asked before the form; the other answer leads to the remedies.',
};

/** The ways of channels. */
export const USES = {
  form: 'The request is made here.',
  email:
    'The customer sends an e-mail; nothing of the case leaves the page (G14). Field ids of `subject` and `body` that are filled in from the case: case-number, customer-name, customer-region, product. Any other, such as brief-problem, description and impact, is asked.',
  contact: 'The customer calls (G22–G24).',
  link: 'The customer goes to another address.',
  none: 'Not offered; `text` says why.',
};

/** The kinds of remedies. */
export const REMEDIES = {
  'reply-on-case': 'Writes a reply on the case (G5); restarts a clock that counts from anyone.',
  'reopen-case': 'Asks for the case to be reopened (G3).',
  'request-priority': 'Puts a note on the case that asks for another priority (G12).',
  contact: 'Shows whom to call (G13).',
  link: 'Leads to another page.',
};
