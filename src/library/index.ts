/** What `import … from 'context-sync'` offers. */
export {
  ContextInjector,
  type ContextInjectorOptions,
  type GatheredContext,
  type GatheredSource,
  type GatherRequest,
} from '../context/injector.ts';
export type { Item, Section } from '../context/item.ts';
export { type OpenOptions, openContextInjector } from './open.ts';
