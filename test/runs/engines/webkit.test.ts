import { tellStories } from './stories.ts';
import { openWebKit } from './webkit.ts';

tellStories(openWebKit);
