import type { ReadingRepo } from '../git/reading.ts';
import type { DeckData } from './data.ts';
import type { Deck } from './deck.ts';
import { knowledgeOf } from './query/knowledge.ts';
import { type AskedPeriod, deckPeriod, labelOf } from './query/period.ts';
import { resolveDeck } from './resolve/resolve.ts';
import type { Template } from './template.ts';

export interface DeckRequest {
  readonly template: Template;
  readonly data: DeckData;
  /** Goes before the period of the data. */
  readonly period: AskedPeriod;
  readonly now: Date;
  /** Called if something of the repository is asked for. */
  readonly open: () => Promise<ReadingRepo>;
}

export interface MadeDeck {
  readonly deck: Deck;
  /** As people call it, such as `Q3 2026`. */
  readonly period: string;
  /** What who shows the deck should know. */
  readonly notes: readonly string[];
}

/** The deck that a template and data make of what a clone knows. Fails with an error of the catalogue (`slides.*`). */
export async function makeDeck({ template, data, period, now, open }: DeckRequest): Promise<MadeDeck> {
  const isAsked = period.since !== undefined || period.until !== undefined;
  const span = deckPeriod(isAsked ? period : (data.period ?? {}), template.period, now);
  const knowledge = knowledgeOf(open, span);
  const deck = await resolveDeck(data, template, knowledge);
  return { deck, period: labelOf(span), notes: knowledge.notes() };
}
