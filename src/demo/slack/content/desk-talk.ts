import type { Said } from './talk.ts';

/** The day, and who said what when. */
type Day = readonly [day: string, ...lines: readonly (readonly [by: string, time: string, text: string])[]];

/**
 * Small talk from desk to desk, so that there is enough of one person to see how she writes. It says nothing that a page, a ticket or
 * another channel is about.
 */
const DAYS: readonly Day[] = [
  [
    '2026-02-16',
    ['mina', '08:55', 'Morning :seedling: who has the good chair today?'],
    ['priya', '08:57', 'I do. You can have it at noon.'],
    ['mina', '08:58', 'Deal.'],
    ['mina', '09:20', 'Does anyone smell the coffee machine? It sounds like a tractor again.'],
    ['jonas', '09:22', 'It wants descaling. I always forget how.'],
    ['mina', '09:23', 'The booklet is in the left drawer. Hold both buttons for five seconds, then wait.'],
    ['mina', '09:41', 'Works again 🙏'],
    ['mina', '12:02', 'Soup or bread?'],
    ['priya', '12:03', 'Bread, if the queue at the baker is short.'],
    ['mina', '12:04', 'It is never short. Let’s go now, then we are back before one.'],
    ['mina', '16:48', 'I am off to fetch the kids. Back online at eight, thanks!'],
  ],
  [
    '2026-02-18',
    ['mina', '08:50', 'Good morning! The lift is stuck, take the stairs.'],
    ['jonas', '08:52', 'Fifth floor. Great.'],
    ['mina', '08:53', 'Think of the soup you have earned by then :smile:'],
    ['priya', '09:30', 'Shall we move the desks to the window?'],
    ['mina', '09:32', 'Not sure. In the afternoon the sun is on every screen there.'],
    ['priya', '09:33', 'We could get blinds.'],
    [
      'mina',
      '09:35',
      'Good point. Then yes, and Hana gets the corner, because she has the big screen. I measured it last week: three desks fit, four do not.',
    ],
    ['mina', '11:15', 'Who took my blue mug?'],
    ['jonas', '11:16', 'Guilty. It is in the dishwasher.'],
    ['mina', '11:16', 'No worries, I only wanted to know :smile:'],
    ['mina', '15:05', 'Hmm, is the radio on somewhere, or do I hear voices?'],
    ['mina', '15:09', 'Found it. It was my own bag…'],
  ],
  [
    '2026-02-20',
    ['mina', '08:58', 'Morning! I brought cake, it stands beside the printer.'],
    ['jonas', '09:01', 'What for?'],
    ['mina', '09:02', 'For Friday.'],
    ['priya', '09:04', 'The best reason there is.'],
    ['mina', '09:05', 'Exactly :seedling:'],
    ['mina', '10:40', 'Can somebody open the window? It is 26 °C in here and my head is soup.'],
    [
      'mina',
      '12:20',
      'Hi team, lunch is at the river today. Meet at the door in ten minutes, bring a jacket.',
    ],
    ['priya', '12:21', 'On my way.'],
    ['mina', '14:30', 'Got it, thanks!'],
    ['mina', '16:55', 'Have a good weekend, all. Please water the fern before you leave, it looks sad.'],
  ],
  [
    '2026-02-24',
    ['mina', '08:52', 'Good morning :seedling: the fern is alive. Whoever it was: thank you!'],
    ['jonas', '08:59', 'It was me. It got half of my water bottle.'],
    ['mina', '09:00', 'Hero 🙏'],
    [
      'mina',
      '10:10',
      'I don’t think the new chairs are an improvement. They look nice, but after an hour my back disagrees.',
    ],
    ['priya', '10:12', 'Send them back?'],
    ['mina', '10:13', 'Yes, as long as we can. I have kept the boxes.'],
    ['mina', '11:58', 'Bread today?'],
    ['mina', '13:30', 'Who can sign for a parcel at two? I am at the dentist then.'],
    ['jonas', '13:31', 'Me.'],
    ['mina', '13:31', 'Perfect, thanks!'],
    ['mina', '17:02', 'Back. Nothing was drilled 🙏'],
  ],
  [
    '2026-02-26',
    ['mina', '08:57', 'Morning. Rain again, and my umbrella is in the office. Typical.'],
    ['mina', '09:45', 'Is the meeting room free at ten? The calendar says no, the room says yes.'],
    ['priya', '09:46', 'The calendar is wrong, that was cancelled.'],
    ['mina', '09:47', 'OK, then I take it.'],
    ['mina', '12:05', 'Soup. No discussion :smile:'],
    ['jonas', '12:06', 'No discussion.'],
    [
      'mina',
      '15:20',
      'Fair enough, the radio can stay. But not that station, please: three hours of talk about traffic are enough for a year.',
    ],
    ['mina', '16:50', 'See you tomorrow!'],
  ],
];

export const DESK_TALK: readonly Said[] = DAYS.flatMap(([day, ...lines]) =>
  lines.map(([by, time, text]) => ({ by, at: `${day}T${time}`, text })),
);
