import '../../threats/patience.test.ts';
