/** How people of one language are named: native and Latin spelling joined by a slash, or one for both. */
export interface NameTable {
  readonly language: string;
  readonly familyFirst?: true;
  readonly given: string;
  readonly family: string;
}

/** Names in the scripts and directions that real directories have; the longest and the oddest on purpose. */
export const NAME_TABLES: readonly NameTable[] = [
  {
    language: 'en-GB',
    given: 'Olivia George Amelia Harry Isla Oscar Siân/Sian Rhys Saoirse Anne-Marie',
    family: 'Smith O’Neill/ONeill Featherstonehaugh Lloyd-Jones D’Arcy/DArcy Okonedo MacDonald Fry Ng Khan',
  },
  {
    language: 'ja-JP',
    familyFirst: true,
    given:
      '由紀/Yuki 翔太/Shota さくら/Sakura 健一/Kenichi 美咲/Misaki 大輔/Daisuke 葵/Aoi 蓮/Ren 結衣/Yui 直樹/Naoki',
    family:
      '佐藤/Sato 鈴木/Suzuki 髙橋/Takahashi 田中/Tanaka 渡邉/Watanabe 伊藤/Ito 山本/Yamamoto 齋藤/Saito 林/Hayashi 小林/Kobayashi',
  },
  {
    language: 'zh-CN',
    familyFirst: true,
    given: '伟/Wei 芳/Fang 娜/Na 秀英/Xiuying 敏/Min 静/Jing 磊/Lei 洋/Yang 艳/Yan 𠮷宇/Jiyu',
    family: '王/Wang 李/Li 张/Zhang 刘/Liu 陈/Chen 欧阳/Ouyang 赵/Zhao 黄/Huang 周/Zhou 吴/Wu',
  },
  {
    language: 'ko-KR',
    familyFirst: true,
    given:
      '민준/Minjun 서연/Seoyeon 도윤/Doyun 지우/Jiwoo 하은/Haeun 시우/Siwoo 수아/Sua 준서/Junseo 지민/Jimin 예린/Yerin',
    family: '김/Kim 이/Lee 박/Park 최/Choi 정/Jung 강/Kang 조/Cho 윤/Yoon 남궁/Namgung 선우/Sunwoo',
  },
  {
    language: 'ar-EG',
    given:
      'محمد/Mohamed فاطمة/Fatma أحمد/Ahmed مريم/Mariam عمر/Omar ليلى/Layla يوسف/Youssef نور/Nour خالد/Khaled هدى/Hoda',
    family:
      'حسن/Hassan إبراهيم/Ibrahim السيد/ElSayed منصور/Mansour عبدالرحمن/Abdelrahman فاروق/Farouk سليم/Selim ناصر/Nasser كمال/Kamal زكي/Zaki',
  },
  {
    language: 'he-IL',
    given:
      'נועם/Noam תמר/Tamar יוסף/Yosef מאיה/Maya דוד/David שרה/Sara איתן/Eitan נועה/Noa עמית/Amit רחל/Rachel',
    family:
      'כהן/Cohen לוי/Levi מזרחי/Mizrahi פרץ/Peretz ביטון/Biton בן־דוד/BenDavid אברהם/Avraham שפירא/Shapira גבאי/Gabay דיין/Dayan',
  },
  {
    language: 'fa-IR',
    given:
      'علی/Ali زهرا/Zahra رضا/Reza مینا/Mina آرش/Arash شیرین/Shirin کیان/Kian پریسا/Parisa بهرام/Bahram نازنین/Nazanin',
    family:
      'محمدی/Mohammadi حسینی/Hosseini رضایی/Rezaei کریمی/Karimi موسوی/Mousavi جعفری/Jafari رستمی/Rostami نوری/Nouri شریفی/Sharifi قاسمی/Ghasemi',
  },
  {
    language: 'hi-IN',
    given:
      'आरव/Aarav प्रिया/Priya अर्जुन/Arjun दीपिका/Deepika रोहन/Rohan अनन्या/Ananya विक्रम/Vikram कविता/Kavita सूर्या/Surya नेहा/Neha',
    family:
      'शर्मा/Sharma वर्मा/Verma गुप्ता/Gupta सिंह/Singh पटेल/Patel जोशी/Joshi मिश्रा/Mishra यादव/Yadav रेड्डी/Reddy अय्यर/Iyer',
  },
  {
    language: 'th-TH',
    given:
      'สมชาย/Somchai อรุณี/Arunee กิตติ/Kitti มาลี/Malee ธนา/Thana พิมพ์/Pim วิชัย/Wichai สุดา/Suda อนันต์/Anan ดาว/Dao',
    family:
      'ใจดี/Jaidee ศรีสุข/Srisuk วงศ์สวัสดิ์/Wongsawat แก้วมณี/Kaewmanee ทองดี/Thongdee บุญมี/Boonmee ชัยวัฒน์/Chaiwat สายทอง/Saithong รัตนกุล/Rattanakul พงษ์พานิช/Phongphanit',
  },
  {
    language: 'ru-RU',
    given:
      'Анна/Anna Дмитрий/Dmitry Мария/Maria Сергей/Sergey Алёна/Alyona Иван/Ivan Ольга/Olga Фёдор/Fyodor Ксения/Ksenia Юрий/Yury',
    family:
      'Иванов/Ivanov Смирнов/Smirnov Кузнецов/Kuznetsov Соловьёв/Solovyov Щербаков/Shcherbakov Ким/Kim Новак/Novak Гончар/Gonchar Мельник/Melnik Белых/Belykh',
  },
  {
    language: 'el-GR',
    given:
      'Ελένη/Eleni Γιώργος/Giorgos Μαρία/Maria Νίκος/Nikos Σοφία/Sofia Κώστας/Kostas Άννα/Anna Δημήτρης/Dimitris Ιωάννα/Ioanna Πέτρος/Petros',
    family:
      'Παπαδόπουλος/Papadopoulos Οικονόμου/Oikonomou Γεωργίου/Georgiou Νικολάου/Nikolaou Δήμου/Dimou Αγγελής/Angelis Βλάχος/Vlachos Κόκκινος/Kokkinos Ζαΐμης/Zaimis Χατζής/Chatzis',
  },
  {
    language: 'de-DE',
    given:
      'Jürgen/Juergen Lena Björn/Bjoern Mia Günther/Guenther Käthe/Kaethe Max Zoë/Zoe Hans-Peter Änne/Aenne',
    family:
      'Müller/Mueller Weiß/Weiss Schröder/Schroeder Groß/Gross Köhler/Koehler Öztürk/Oeztuerk Schmidt Freiherr-von-Rotenhan Jäger/Jaeger Fuchs',
  },
  {
    language: 'nl-NL',
    given: 'Daan Emma Sem Fleur Bram Sanne Thijs Noor Coen Maartje',
    family: "Jansen Bakker 'tHart/tHart VandenBerg DeVries Visser IJzerman Mulder Koç/Koc Dijkstra",
  },
  {
    language: 'pl-PL',
    given:
      'Łukasz/Lukasz Małgorzata/Malgorzata Żaneta/Zaneta Piotr Agnieszka Michał/Michal Zofia Krzysztof Ewa Paweł/Pawel',
    family:
      'Nowak Wiśniewski/Wisniewski Wójcik/Wojcik Kowalczyk Kamiński/Kaminski Łęcki/Lecki Zając/Zajac Brzęczyszczykiewicz/Brzeczyszczykiewicz Mazur Dąbrowska/Dabrowska',
  },
  {
    language: 'pt-BR',
    given:
      'João/Joao Maria Antônio/Antonio Inês/Ines Gonçalo/Goncalo Beatriz Caio Luísa/Luisa Rafael Flávia/Flavia',
    family:
      'Silva Conceição/Conceicao Araújo/Araujo Gonçalves/Goncalves Brandão/Brandao Nuñez/Nunez Sousa Magalhães/Magalhaes Costa Queirós/Queiros',
  },
  {
    language: 'vi-VN',
    familyFirst: true,
    given: 'Anh Hương/Huong Đức/Duc Linh Quốc-Bảo/QuocBao Thảo/Thao Tuấn/Tuan Ngọc/Ngoc Khôi/Khoi Mỹ/My',
    family: 'Nguyễn/Nguyen Trần/Tran Lê/Le Phạm/Pham Huỳnh/Huynh Võ/Vo Đặng/Dang Bùi/Bui Đỗ/Do Lý/Ly',
  },
  {
    language: 'yo-NG',
    given:
      'Adébáyò/Adebayo Ṣadé/Sade Olúwaṣeun/Oluwaseun Ìfẹ́/Ife Táíwò/Taiwo Kẹ́hìndé/Kehinde Bọ́lá/Bola Tólá/Tola Wálé/Wale Yẹmí/Yemi',
    family:
      'Adéyẹmí/Adeyemi Ògúnlẹ́yẹ/Ogunleye Balógun/Balogun Okafor Akíntọ́lá/Akintola Fáṣọlá/Fasola Ọlátúnjí/Olatunji Eze Bello Sanusi',
  },
  {
    language: 'ka-GE',
    given:
      'გიორგი/Giorgi ნინო/Nino ლუკა/Luka მარიამი/Mariami დავითი/Daviti ანა/Ana სანდრო/Sandro თამარი/Tamari ირაკლი/Irakli ეკა/Eka',
    family:
      'ბერიძე/Beridze კაპანაძე/Kapanadze გელაშვილი/Gelashvili მაისურაძე/Maisuradze ლომიძე/Lomidze წიკლაური/Tsiklauri ჯანელიძე/Janelidze ხარაძე/Kharadze ღვინაძე/Ghvinadze დოლიძე/Dolidze',
  },
  {
    language: 'is-IS',
    given:
      'Þórdís/Thordis Björk/Bjork Sigurður/Sigurdur Guðrún/Gudrun Ólafur/Olafur Ægir/Aegir Hildur Jón/Jon Freyja Ívar/Ivar',
    family:
      'Jónsdóttir/Jonsdottir Guðmundsson/Gudmundsson Sigurðardóttir/Sigurdardottir Ólafsson/Olafsson Þórðarson/Thordarson Björnsdóttir/Bjornsdottir Eiríksson/Eiriksson Ásgeirsdóttir/Asgeirsdottir Magnússon/Magnusson Hrafnsdóttir/Hrafnsdottir',
  },
  {
    language: 'ta-IN',
    given:
      'கார்த்திக்/Karthik மீனா/Meena அருண்/Arun லட்சுமி/Lakshmi வேல்/Vel தேவி/Devi குமார்/Kumar அபிராமி/Abirami சரவணன்/Saravanan இளவரசி/Ilavarasi',
    family:
      'முருகன்/Murugan சுப்பிரமணியன்/Subramanian ராமசாமி/Ramasamy செல்வம்/Selvam நடராஜன்/Natarajan கண்ணன்/Kannan பாலன்/Balan வெங்கடராகவன்/Venkataraghavan ஆறுமுகம்/Arumugam சேகர்/Sekar',
  },
];

/** Jobs and places of the generated colleagues; index by the person's number. */
export const JOB_TITLES =
  'Accountant|Engineer|Nurse|Site Manager|Buyer|Teacher|Lawyer|Designer|Driver|Analyst|Receptionist'.split(
    '|',
  );
export const OFFICES = '18/2111|20/1101|Amsterdam/4|Zürich/2|Lagos/7|東京/12|Remote'.split('|');
