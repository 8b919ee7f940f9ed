import '../../threats/redirects.test.ts';
