import { openChromium } from './chromium.ts';
import { tellStories } from './stories.ts';

tellStories(openChromium);
