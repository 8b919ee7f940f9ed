import '../../threats/fuzz.test.ts';
