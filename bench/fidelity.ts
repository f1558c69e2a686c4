import { fromStorage, linkDocument, writeMarkdown } from '../src/markdown/index.ts';
import { corpusPages, macroDocuments } from './corpus.ts';
import { type Constructs, KINDS, type Kind, kept, type Share, sum } from './fidelity/constructs.ts';
import { loadPeers } from './fidelity/peers.ts';
import { sourceConstructs } from './fidelity/source.ts';
import { writtenConstructs } from './fidelity/written.ts';
import { above, type Bench, compared, measured } from './row.ts';

/** The share of what real pages hold that is found again in our markdown of them and in that of public converters. */
export const fidelity: Bench = async () => {
  const pages = corpusPages();
  if (typeof pages === 'string') return pages;
  const peers = loadPeers();
  if (!peers) return 'the converters to compare with are not installed: npm ci --prefix bench';
  const sources = pages.map(({ storage }) => sourceConstructs(storage));
  const ours = scoreOf(
    sources,
    pages.map(({ storage }) => convert(storage)),
  );
  const theirs = peers.map((peer) => ({ name: peer.name, score: scoreOf(sources, pages.map(peer.convert)) }));
  const macros = macroDocuments();
  return [
    ...theirs.map((peer) => compared(row('all', ours.all), peer.name, percent(peer.score.all), above(1))),
    ...KINDS.filter((kind) => ours.kinds[kind].total > 0).map((kind) => {
      const best = theirs.reduce((a, b) => (b.score.kinds[kind].kept > a.score.kinds[kind].kept ? b : a));
      const peerValue = percent(best.score.kinds[kind]);
      const own = row(`${kind} of ${ours.kinds[kind].total}`, ours.kinds[kind]);
      return compared(own, `best of the others: ${best.name}`, peerValue);
    }),
    row('all, of single macros', scoreOf(macros.map(sourceConstructs), macros.map(convert)).all),
  ];
};

interface Score {
  readonly kinds: Readonly<Record<Kind, Share>>;
  readonly all: Share;
}

function scoreOf(sources: readonly Constructs[], documents: readonly string[]): Score {
  const written = documents.map(writtenConstructs);
  const share = (kind: Kind) =>
    sum(sources.map((source, index) => kept(source, written[index] ?? source, kind)));
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, share(kind)])) as Record<Kind, Share>;
  return { kinds, all: sum(Object.values(kinds)) };
}

function convert(storage: string): string {
  return linkDocument(writeMarkdown(fromStorage(storage, context).root), (url) => url);
}

/** Every file that a page names is there, as it is in the HTML that the others read. */
const context = {
  siteUrl: 'https://site.example',
  person: () => undefined,
  attachment: ({ name = 'file' }) => ({
    url: `https://site.example/files/${encodeURIComponent(name)}`,
    name,
  }),
};

const percent = ({ kept, total }: Share) => (100 * kept) / total;

const row = (what: string, share: Share) => measured(`fidelity, ${what}`, '% kept', percent(share));
