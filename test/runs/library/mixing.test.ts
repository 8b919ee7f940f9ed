import '../../threats/mixing.test.ts';
