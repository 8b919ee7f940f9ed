import { openFirefox } from './firefox.ts';
import { tellStories } from './stories.ts';

tellStories(openFirefox);
