import type { ContextInjector } from '../context/injector.ts';
import type { OpenKnowledge } from '../context/sources/ask-index.ts';
import type { LiveRepository } from './live-repository.ts';

/** What the server answers from. */
export interface KnowledgeOptions {
  readonly repository: LiveRepository;
  /** Makes what gathers a prompt from an index, and from whatever else is known here. */
  readonly injector: (knowledge: OpenKnowledge) => ContextInjector;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 8 to 64 letters of a to z and digits that nobody could know before, at each call others. */
  readonly boundary: () => string;
  /** A failure that the program does not know: whoever runs the server wants to hear of it. */
  readonly onFailure: (error: unknown) => void;
}
