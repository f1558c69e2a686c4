/** Sentences on three subjects, each with two words for its thing that never stand in one text together. */
const SUBJECTS = [
  {
    things: ['car', 'automobile'],
    about: 'engine wheel road driver fuel brake garage tyre gear motor speed seat',
  },
  {
    things: ['invoice', 'bill'],
    about: 'payment customer amount tax ledger due account total currency refund paid debt',
  },
  {
    things: ['doctor', 'physician'],
    about: 'patient hospital illness nurse treatment medicine clinic surgery fever dose ward cure',
  },
];

/** `size` texts; equal numbers give equal texts. */
export function talk(size: number): string[] {
  return Array.from({ length: size }, (_, n) => {
    const { things, about } = SUBJECTS[n % SUBJECTS.length] ?? { things: [], about: '' };
    const words = about.split(' ');
    const chosen = [3, 5, 7, 11].map((step, k) => words[(Math.floor(n / 6) * step + k) % words.length]);
    return `The ${things[n % 2]} and its ${chosen.join(', ')}: note ${n}`;
  });
}

export function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
}
