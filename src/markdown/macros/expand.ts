import { details } from '../details.ts';
import type { Macro } from './macro.ts';

export const expandMacro: Macro = ({ parameter, body }) => details(parameter('title') ?? '', body());
