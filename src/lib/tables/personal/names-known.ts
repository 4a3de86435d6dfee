/**
 * Given names and family names that people of Québec bear, by community of origin; written from general knowledge,
 * and no register of people. A name that is missing here costs little: a column is judged by the share of its names
 * that are known. Names that are also everyday words of either language stay out where they would mislead a sentence.
 */

const GIVEN = `
abel achille adam adele adrien agathe agnes aime aimee alain albert alberte alexa alexandra alexandre alexane alexis
alfred alice aline alix alphonse alyssa amelie anais andre andree andreanne ange angele angelique anna annabelle anne
annick annie anouk anthony antoine antoinette antonin ariane arianne arielle armand arnaud arthur astrid aube aubert
audrey auguste aurele aurelie aurore axelle aziliz bastien beatrice benedicte benjamin benoit berangere bernadette
bernard berthe bertrand bianca blaise blanche brigitte bruno camille carl carmen carole caroline catherine cecile
cedric celestin celia celine chantal charlene charles charlotte chloe christelle christian christiane christine
christophe claire clara clarence claude claudette claudia claudine clemence clement clementine clothilde clovis colette
colin conrad constance coralie corinne cyril cyrille dalila damien daniel daniele danielle danny dany daphne david
delphine denis denise derek desire diane didier dominic dominique dorothee edgar edith edmond edouard elaine eleonore
eliane elie eliot elisabeth elise eliza ella ellie elodie elsa emanuel emile emilie emilien emma emmanuel emmanuelle
emy eric erika ernest estelle esther etienne eugene eugenie eva eve evelyne evangeline fabien fabienne fabrice felicite
felix ferdinand fernand fernande flavie flore florence florent florian france francine francis franck francois
francoise frederic frederick frederique gabriel gabrielle gaetan gaetane gaelle gaston gautier genevieve georges
georgette gerald gerard germain germaine gervais ghislain ghislaine gilbert gilberte gilles ginette gisele giselle
gontran grazielle gregoire gregory guillaume gustave guy guylain guylaine heloise helene henri henriette herve hortense
hubert hugo hugues huguette ida ines irene irenee isabelle isaac isidore jacinthe jacob jacqueline jacques jade james
jasmin jasmine jean jeanne jeannette jeannine jeremie jeremy jerome jessica jessie joanie joanne jocelyn jocelyne joel
joelle johanne jolyane jonathan jordan josee joseph josephine josette josiane jude judith jules julia julian julianne
julie julien juliette justin justine karelle karine karl karolane katerine kathleen kathy kelly-ann kevin laetitia
lambert laura laure laurence laurent laurette laurie laurier laval lea leandre leo leon leona leonard leonie leontine
leopold liam liette lilianne lilian liliane lily lina line lionel lisa lise lisette livia loic lorraine lou louis louise
louisette loup luc lucas luce lucette lucie lucien lucienne lucille ludovic lydia lyne lynda mael maelle magali magalie
magella maite malik malika manon manuel marc marc-andre marcel marcelle marcellin margaux margot marguerite maria
marianne marie marielle marika marilou marilyn marilyne marina marine mario marion marise marius marjolaine marjorie
marlene marthe martial martin martine mateo mathias mathieu mathilde mathis matthieu maude maurice maxence maxim maxime
maximilien maya megan melanie melina melissa melodie michael michel michele micheline mikael mike milan mireille
mireille modeste monique muriel mylene myriam myrtha nadine nancy narcisse natacha natasha nathalie nathan nathaniel
nelson nelly nestor nicolas nicole ninon noah noel noemie noella nora norbert normand normande oceane octave odette
odile olive olivia olivier omer ophelie oscar pascal pascale patrice patricia patrick paul paule paulette paulin
pauline philemon philippe philomene pier pierre pierrette pierrot placide rachel rachelle raoul raphael raphaelle
raymond raymonde real rebecca regent regine regis rejane rejean rejeanne remi remy renald rene renee reynald reynold
richard rita robert roberte robin roch roger roland rolande romain romane rosaire rosalie rosanne rose-marie roseline
rosemarie roxane roxanne roxann ruth sabine sabrina sacha salome samuel sandra sandrine sara sarah sasha sebastien
serge severine shirley simon simone solange solene sonia sophie stephane stephanie steve steven suzanne suzie sylvain
sylvette sylvia sylvianne sylvie tania tanya tatiana theo theodore therese thibault thierry thomas timothee tristan
ulric urbain ursule valentin valentine valerie valery vanessa veronique vicky victoire victor victoria vincent violaine
violette virginie viviane vivianne wilfrid william xavier yan yanick yann yannick yannik yoan yolande yolaine yvan yves
yvette yvon yvonne zacharie zoe zotique
aaron abigail adrian aidan alan alana alec alex alexander alfie alicia alison allan allison amanda amber amelia amy
andrea andrew andy angela angus anita ann anya april archie arlene arnold ashley ashton austin ava barbara barry beatrix
becky ben bernice beth bethany betty beverly bill billy bob bobby bonnie brad bradley brandon brenda brendan brent brett
brian bridget brittany brooke bruce bryan byron caitlin calvin cameron candice carla carol carolyn carrie carter casey
cassandra catriona charlie chelsea cheryl chester chris christina christopher cindy clayton clifford clive cody connor
corey courtney craig crystal curtis cynthia dale damian dana darlene darren darryl dave dawn dean debbie deborah debra
deirdre dennis desmond diana dianne donald donna doreen doris dorothy doug douglas duncan dustin dylan earl edna edward
edwin eileen eleanor elena elizabeth ellen elliot elliott ellis eloise elspeth emily emmett erica erin ethan eunice evan
evelyn ewan faye fergus finlay fiona florence floyd frances frank fred gail garrett gary gavin gemma geoff geoffrey
george georgia geraldine gillian gina glen glenda glenn gloria gordon graeme graham greg gwen gwendolyn hamish hannah
harold harriet harry hazel heather hector heidi helen henry herbert hilary holly howard hugh ian imogen irving isla ivan
ivy jack jackie jackson jaclyn jake jamie jan jane janet janice jared jason jay jean-marc jeff jeffrey jen jenna jennifer
jenny jeremiah jerry jesse jill jillian jim jimmy joan joanna jody joe john johnny jon josh joshua joy joyce judy julian
june karen kate katherine kathryn katie katrina kayla keith kelly kelsey ken kenneth kerry kieran kim kimberly kirk kirsten
kristen kristin kurt kyle lachlan lance larry lauren lawrence leanne lee leigh lesley leslie lewis lindsay lindsey linda
lloyd logan lois lori louisa lucy luke lynn lynne mabel mackenzie madeleine madison maggie malcolm marcia marcus margaret
marilyn marjory mark marsha marshall martha marvin mary mathew matt matthew maureen mavis megan meghan melinda melvin
meredith merle michelle mildred miles miranda mitchell moira molly morag mona muriel murray myles myra nadia naomi natalie
neil nell niall nicholas nicola nigel nina noreen norma norman nigel olive oliver owen pam pamela pat paula pearl peggy
penelope penny perry peter phil philip phillip phoebe phyllis polly priscilla quentin quinn ralph ramona randall randy ray
reginald rhona rhonda rick ricky rob roberta roderick rodney ron ronald rory rosemary ross rowan roy russell ryan sally
sam samantha sandy scott sean shane shannon sharon shaun shauna shawn sheila shelley sherry sheryl sidney simone stacey
stanley stella stephen stewart stuart sue susan suzanne sybil sydney ted terence teresa terry theresa tiffany tim timothy
tina todd tom tommy toni tony tracey tracy travis trevor tricia tyler valerie vera vernon vivian wade wallace walter wanda
warren wayne wendy wesley whitney wilma winifred winston yvonne zachary zack zoe
abdel abdelaziz abdelhak abdelhamid abdelkader abdelkrim abdellah abdelmajid abderrahim abderrahmane abdou abdoulaye
abdullah achraf adel adil adnan ahlam ahmad ahmed aicha aida aissatou akim akram ali alia aliou amadou amal amar amel amin
amina aminata amine amir amira amr anas anis anissa anwar asma asmaa assane assia awa aya ayman ayoub aziz aziza bachir
badr bakary bilal binta bouchra boubacar brahim cheikh chaima chakib cherif dalal dina djamila djibril dounia driss
elhadj elias emad fadi fadia fadwa fahd farah farid farida faris fatiha fatima fatma fatou fatoumata faycal fouad fouzia
ghada ghassan ghita habib habiba hadi hafid hafida hafsa hajar hakim hala hamid hamida hamza hana hanan hanane hania
haroun hasna hassan hassane hassiba hayat hicham hind hisham houda houria hussein ibrahim ibrahima ihsan ikram ilham
ilyas iman imane imad ines ismael ismail issa jad jalal jamal jamila jawad kadiatou kamal kamel kamila karim karima
kaouther kenza khadija khadidja khaled khalid khalil laila lamia lamine latifa layla leila lila lina loubna lounis lynda
mahamadou mahmoud majda malak malick mamadou maha marwa marwan maryam maryem mehdi meriem meryem mohamad mohamed mohammad
mohammed moha mokhtar mona mounia mounir mourad moussa mouna mustafa mustapha nabil nabila nada nader nadir nadira naima
najat najib najwa nasser nassim nassima nawal nazha nesrine nizar noor nora nour noura noureddine omar othmane ouafae
ouassim oumar oumou ousmane rabah rabia rachid rachida rafik rahma raja rana rania raouf rayan redouane reda ridha rim
riad riyad saad saadia sabah sabri sabrine safia said saida salah salem salim salima salma salwa sami samia samir samira
sana sanaa seydou sherif siham skander slimane smail sofiane soraya soufiane souad soukaina soumaya taha tahar tarek tarik
toufik wafa wafaa wahiba walid wassim widad wissam yacine yahya yasin yasmin yasmina yasmine yassin yassine yassir youcef
younes youness youssef youssouf yusuf zahia zahra zainab zakaria zakia zeina zeinab zineb ziad zohra zoubida zouhair
adeline adelson altagrace benitha bergeline bernadin carline cassandre chrisla chrismene claudel clervil dieudonne
dieula dieulene edeline edner edwidge elcie emmanuela evens farah fabiola fedner ficelia fritz fritznel frantz gerda
gesner gina guerda guerline guerlande guylene herby islande jacquelin jhonny jimmy jocelerme johnson jonas josnel judeline
katiana kerline kettly lovely lucner lucson ludmilla lunise macdala magdala manouchka marckenson marckendy marjory
marlaine maxo micheline mirlande mislande mona myrlande myrlene nadege naika natacha nerlande nixon olga onel osner
pierreline ralph renel rose-laure roseline rosemene ronel rony schneider shella shelda smith stanley stephora sterlin
sterline suze wideline widline widlyne wilbert wilda wilner wilguens wilson windy witchner yolette yvrose
an anh bao bich binh cam chau chi cuong dao diem diep dung duc duy ha hai han hang hanh hao hien hieu hoa hoai hoang hong
hue hung huong huy khanh khoa kieu kim-anh lan lien linh loan long ly mai manh minh my nam nga ngan ngoc nguyet nhan nhi
nhu nhung oanh phong phu phuc phuong quan quang quoc quy quyen quynh son tam tan thanh thao thi thien thinh tho thu thuan
thuy tien tin toan trang tri trinh trong truc trung tu tuan tung tuyen tuyet uyen van viet vinh vu vy xuan yen
bo chen cheng chun fang fei feng hao hong hui jia jian jiang jie jin jing jun kai lei li liang lin ling mei meiling min
ming na ning peng ping qiang qing rong rui shan shu siu tao ting wei weiwei wen xiao xiaoling xin xiu xue yan yang yi
yifan ying yong yu yuan yue yun zhen zhi zhong hiroshi yuki kenji akiko yoko haruka takeshi jiyoung minjun seoyeon
aarav aditi aditya ajay amit amrit anand anil anita anjali ankit arjun arun asha ashok deepa deepak dev devi divya farhan
gagandeep gurpreet harjit harpreet harsh imran indira ishaan jagdeep jaspreet jasvinder kamala kavita kiran krishna
kuldeep lakshmi mandeep manjit manpreet meena mohan mohit mukesh nasreen neha nikhil nisha parminder pooja prabhjot
pradeep prakash pranav preeti priya rahul raj rajesh raju rakesh ram rani ravi rekha ritu rohan rohit roshan sandeep
sanjay santosh saanvi shreya simran sita sukhdeep sunil sunita suresh surinder usha vijay vikram vinod vivek zainab
adriana agustin alba alejandra alejandro alexandra alfonso alfredo alicia alonso alvaro amparo ana ana-maria andres angel
angelica angeles antonio araceli armando arturo beatriz belen benito bernardo blanca camila camilo carlos carmen carolina
catalina cecilia cesar claudia clara consuelo cristian cristina cristobal daniela diego dolores eduardo elena elisa elvira
emilio enrique ernesto esperanza esteban estela esteban ezequiel fabian fabiola felipe fernanda fernando florencia
francisca francisco gabriela gerardo gilberto gloria gonzalo graciela guadalupe guillermo gustavo hector hernan hugo
ignacio inmaculada isabel isabela isidro ivan javier jesus jimena joaquin jorge jose josefina juan juana juanita juliana
julieta julio karina leonardo leticia liliana lorena lorenzo lourdes lucia lucila luis luisa luz magdalena manuela marcela
marcelo marcos margarita mariana maricela mario marisol marta mateo matias mauricio mercedes micaela miguel milagros
mirta monica natalia nicolas nieves noelia norma octavio orlando oscar pablo paloma paola pedro pilar quispe rafael ramiro
ramon raquel raul ricardo roberto rocio rodolfo rodrigo rogelio rolando rosa rosario ruben salvador santiago sebastian
sergio silvia sofia soledad susana tamara tatiana teodoro tomas valentina veronica vicente violeta virginia viviana
wilmer ximena yadira yolanda yesenia
abilio adelaide afonso aires albano alcina alda amalia america anabela anibal antonieta arlindo armindo artur augusto
aurora bento bruna caetano celeste celso conceicao custodio delfim diogo dinis domingos duarte edite eduarda elisio
fatima fausto fernao filipa filipe filomena flavio francisca gil goncalo graca guilherme helder helena henrique hermano
hugo idalina ilda ines ivone jacinto jaime joao joaquim joana jorge josefa juliao laurinda leonor lidia lino lurdes luisa
manuel manuela margarida mafalda marco matilde miguel natalina nelson noemia nuno odete olinda otilia patricia paulo
pedro piedade raimundo raul renato ricardo rita rogerio rui sandro sara silvestre simao susana telmo teresa tiago
tome vasco vitor zelia zulmira
agostino alberto aldo alessandra alessandro alessia alfonsina andrea angelina angelo anna-maria annamaria antonella
antonietta antonio assunta attilio augusta beatrice benedetto bianca bruno camillo carla carlo carmela carmine caterina
chiara cosimo cristiano daniele dante dario davide diego domenica domenico donato elio elisabetta emanuele enrico enzo
eugenio fabio fabrizio federica federico filippo filomena fiorella franca francesca francesco franco gabriella gaetano
gennaro giacomo gian giancarlo gianna gianni gino gioia giorgio giovanna giovanni giulia giuliana giulio giuseppe
giuseppina graziella guido ilaria immacolata italo ivana lara leonardo liborio lidia lorenzo loredana luca lucia luciano
luigi luisa marcello marco mariangela mariella marino massimo matteo maurizio michela michele mirella nadia nicola nicolo
nunzia orazio ornella paola paolo pasquale pasqualina piera piero pietro pina raffaele raffaella renato renzo rocco
rodolfo romano rosa rosalba rosanna rosaria salvatore santina sara serafina sergio silvana silvio simona stefania stefano
teresa tiziana tommaso tonino tullio ugo umberto valentino valeria vincenza vincenzo vito vittoria vittorio
agathi alexandros alexis anastasia anastasios andreas angeliki anna antonios apostolos areti argyro aristotelis aspasia
athanasios athina chrisoula christos chrysanthi constantin costa costas dafni demetra despina dimitra dimitri dimitrios
dimitris efthimios eftihia eleftheria eleni elias elpida evangelia evangelos fotini fotis georgia georgios giannis
giorgos harris ilias ioanna ioannis irini katerina konstantina konstantinos kostas kyriaki lambros maria marios
marina nektarios nicoletta nikolaos nikos olympia panagiota panagiotis paraskevi pavlos penelope peter petros
sophia sotiria sotirios spiro spiros spyridon stamatia stavros stavroula stefanos stelios tasos thanasis theodora
theodoros theofilos vasiliki vasilios vassiliki vassilis yannis yiannis yiorgos zoi
abla ani antranik anto ara araxie arpi carine charbel chawki chucri elias elie fadi fares farid fouad fady georges ghattas
hagop hanna haig hoda hrair jihad joumana kamal karam kevork khalil krikor labib lara levon maroun marwan mireille mona
mounir nabih nada nagi najwa nassib nayla nazem nicolas nohad pamela rabih rami randa raymonde rima rita ronald roula
sahag salwa samer sarkis selim sevan simon talar tania tony toufic vartan viken wadih walid youmna zaher zareh zeina
agnieszka aleksander aleksandra alexei alina anastasiya andrei andrzej anton barbara bogdan bohdan borys dariusz dimitri
dmitri dmytro ewa galina grazyna grzegorz halina igor ilya irina iryna ivana jadwiga jan janusz jaroslav jerzy jozef
kateryna katarzyna krystyna krzysztof larisa lesia liudmila lubomir ludmila magda magdalena malgorzata marek mariusz marta
maryna mikhail mykola nadezhda natalia natalya nikolai oksana oleg oleksandr olena olga pavel piotr radu roman ruslan
sergei serhii slawomir stanislav svetlana svitlana taras tatiana tetiana tomasz vadim valentina vasyl viktor viktoria
vladimir volodymyr wojciech yana yaroslav yevhen yulia yuri yuriy zbigniew zofia adriana ileana ioana mihai mihaela
ionut ion dorin florin cristian cristina gheorghe costel
akienda alanis alinak anishnabe annie-may anouka apinam atuk awinita caroline-anne elisapie elisapee jobie johnny-boy
kanen kateri katia kaitlin kayeri kahente kaniehtiio kawisaiehne kenojuak kuessipan lizzie louisa maina mali mani manikuapan
mary-ann matiu mikiju mishapan natasha-kanape naulaq nakuset niapoliuis nibi nipin noat noelie nukum pakesso peta pinaskuess
putulik qalingo sakay sammy sarah-mae shaniss sheshka shikuan shimun sipi siasi tayka tekahentahkhwa tshak tshiuetin uapan
uapikun uapukun ueshkatshan utshitau utshimash waban wapikoni winipeukut
`;

const FAMILY = `
abel achard adam alain alarie albert allaire allard alexandre amyot anctil andre angers ansay arcand archambault arsenault
asselin aube aubert aubin aubry aubut auclair audet audette auger auclair authier ayotte babin babineau bacon badeau
baillargeon bailly balthazar baril barbeau barbier bariteau baron barrette barriault barrette bastien baudin bazinet
beaubien beauchamp beauchemin beauchesne beaudet beaudin beaudoin beaudry beaulieu beaulne beaumier beaumont beaupre
beauregard beausejour beausoleil beauvais bechard bedard begin beland belanger belair belhumeur belisle bellavance
belleau bellefeuille bellemare bellerose belley belliveau belzile benard benoit bergeron bergevin berger bernard bernatchez
bernier bertin berthelot berthiaume bertrand berube bessette bibeau bienvenue bigras bilodeau binette biron bissonnette
bisson blackburn blais blanchard blanchet blanchette blanchard blondeau blondin blouin bois boileau boilard boily boisclair
boisjoly boislard boissonneault boisvert boivin bolduc bombardier bonenfant bonin bonneau bonneville bordeleau bossé bosse
bouchard boucher bouchard boudreau boudreault bouffard boulanger boulay boulet bouliane bourassa bourbeau bourbonnais
bourdages bourdon bourgault bourgeois bourget bourgoin bourque bousquet boutet boutin bouthillier bouvier boyer brassard
brault breault brazeau breton brien briere brisebois brisson brochu brodeur brosseau brouillard brouillette brouard brousseau
bruneau brunelle brunet bujold bureau bussieres cadieux cadorette cadotte caisse campeau camire cantin carbonneau cardinal
carignan caron carpentier carrier carriere cartier casavant casgrain castonguay cayer cayouette chabot chagnon chalifoux
chalut champagne champoux chapdelaine chaput charbonneau charest charette charland charlebois charpentier charron chartier
chartrand chasse chatel chauvette chayer chenard chevalier chevrette chevrier chicoine choiniere choquette chouinard
chretien cimon clavet clavel clermont cliche cloutier clement collard collin comeau comtois corbeil corbin cormier corriveau
cossette costa cote cotnoir coulombe courchesne courcy cournoyer courteau courtemanche courville couture couturier cousineau
crepeau crete croteau cusson cyr dagenais daigle daigneault dallaire dalpe damours dandurand danis dansereau daoust darveau
dauphin dauphinais david deblois dechene decoste defoy delage delagrave delisle delorme demers denault deneault denis
deschamps deschambault deschenes descoteaux desgagne desgroseilliers desharnais desilets desjardins desjarlais desmarais
desmeules desnoyers despatie despres desroches desrochers desrosiers desruisseaux dessureault dextraze deziel dion dionne
dore dorion dorval doucet doucette doyon drapeau drolet drouin dube dubeau dubois dubreuil dubuc duchaine ducharme duchesne
duchesneau dufault dufour dufresne dugal dugas duguay duhaime duhamel dulude dumais dumas dumont dumoulin dupere duplessis
dupont dupras dupre dupuis duquette durand durocher dussault dutil duval emond ethier fafard falardeau faubert faucher favreau
felx ferland ferron feuiltault filiatrault filion filteau fiset flamand fleurent fleury flibotte foisy folquet fontaine forest
forget forgues forte fortier fortin fournier fradette franche francoeur frappier frechette frenette frigon gadbois gadoury
gagne gagner gagnier gagnon galarneau galipeau gallant gariepy garneau garand garant garceau garon gascon gaucher gaudet
gaudette gaudreau gaudreault gauthier gauvin gauvreau gelinas gemme gendreau gendron genest geoffrion geoffroy germain gervais
gibeau giguere gilbert gingras girard giroux godbout godin gobeil gosselin gougeon gouin goulet goupil goyer goyette grandbois
grandmaison granger grandmont gratton gravel grenier grenon grignon grimard grondin groulx guay guerin guertin guevremont
guilbault guilbert guillemette guillot guimond guindon hamel hamelin harnois harvey hebert helie henri herbert heroux hetu hins
hotte houde houle hudon huot huard hubert hurtubise imbeault isabelle jacob jacques jalbert janelle jarry jean jetté jette
jobin jodoin jolicoeur joly jomphe joncas joron jourdain joyal jubinville juneau jutras kirouac labarre labbe labelle laberge
labonte labrecque labrie lacasse lachance lachapelle lacharite lacombe lacoste lacoursiere lacroix ladouceur lafaille
laferriere laflamme lafleche lafleur lafond lafontaine laforce laforest lafortune laframboise lafrance lafreniere lagace
lagueux laganiere lahaie laine lajeunesse lajoie lalancette laliberte lalonde lalumiere lamarche lamarre lambert lamontagne
lamothe lamoureux lampron lamy lanctot landreville landry langelier langevin langlais langlois langis lanoix lanoue lanthier
lantin lapalme lapensee laperriere lapierre laplante lapointe laporte laprise larente lariviere larochelle laroche larocque
larose larouche larrivee lasalle lasnier latendresse latour latraverse latreille latulippe laurendeau laurence laurent
laurier laurin lauzier lauziere lauzon lavallee lavergne laverdiere laverdure lavertu lavigne laviolette lavoie leblanc lebeau
lebel leboeuf lebrun lechasseur leclair leclerc lecavalier lecompte lecours ledoux leduc lefebvre lefrancois legare legault
legendre leger legros lehoux lemaire lemay lemelin lemieux lemire lemoine lepage lepine leroux leroy lesage lessard letarte
letourneau levac levasseur leveille levesque lheureux liboiron limoges lirette loiselle longpre longtin lortie loranger
lussier lupien mailhot mailloux mainville maheu maheux major malenfant mallette malo maltais marceau marchand marchildon
marcil marcotte marcoux marineau marion marleau marois marquis martel martin martineau massicotte masse masson mathieu
mathon maurais mayer mayrand melancon melanson menard mercier mercure messier metivier meunier michaud michel michon
migneault milette millette milot miron moisan monette mongeau mongrain monfette montminy montpetit moquin morais moreau morel
morency morency morin morissette morneau mourand mousseau munger nadeau nadon nantel naud neron neveu niquette noel nolet
nolin normand normandeau normandin noiseux noreau ouellet ouellette ouimet pagé page painchaud paiement pallascio panneton
paquet paquette paquin paradis pare parent parenteau parise parizeau patenaude patry paul payette payeur pellerin pelletier
pelland peloquin pepin perras perrault perreault perrier perron petit petitclerc phaneuf philibert picard piche pichette
pigeon pilon pilote pinard pineau pineault pinsonneault pion piquette plante plamondon plourde plouffe poirier poisson
poissant poitras poliquin pomerleau pominville potvin poudrier pouliot poulin pratte prefontaine prevost primeau provencher
provost proulx prudhomme pronovost prince quesnel quessy quintal quirion racette racicot racine rainville rancourt ratelle
raymond reeves regimbald regimbal remillard renaud renault reny rhéaume rheaume rhéault richard richer riel riendeau rinfret
rioux riopel riverin rivard rivest riviere robert roberge robichaud robidas robidoux robillard robitaille rochefort rochette
rochon rocheleau rodrigue rondeau rousse rousseau roussel roussy routhier rouleau rouillard roy ruel sabourin saindon
sansoucy samson sanfacon sarrazin sasseville saucier saulnier sauve sauvageau savard savaria savoie seguin senecal
sevigny sicotte simard simoneau sirois soucy soulard soulieres surprenant sylvain sylvestre taillefer taillon talbot tanguay
tardif tellier terrien tessier tetrault tetreault thauvette theberge theoret theriault therrien thibault thibeault thibaudeau
thibodeau thiffault thivierge thouin tousignant toutant toupin tourangeau tourigny touchette tranchemontagne tremblay trepanier
trottier trudeau trudel trudelle turbide turcot turcotte turgeon turmel vachon vadeboncoeur vaillancourt valade valcourt
valiquette vallee vallieres vandal vanier veilleux veillette venne verdon verreault verret verrier verville vezina viau viens
vigneault vigneux vignola villemaire villeneuve vincent voyer vallerand yergeau
abran achim alepin amireault archambeault arel aumont auray barabe bastarache bechamp belzil besner bigonesse borduas bourdeau
brouillet bruyere cazabon charlevoix chasles choquet coallier coderre contant courchaine cuerrier daneau demontigny
denoncourt desaulniers desautels deschatelets desbiens desgagnes doiron dostie doray dubord duceppe dufort dulong dumesnil
duplain duquet duteau farley fecteau fillion flageol foucault fredette gaboury gareau gaumond gaulin gemus gignac girouard
goneau goudreau grandchamp gravelle guilbeault guilmette hache hade haineault hallee harbec hardy harpin heneault henrichon
huneault imbeau jauron jeannotte labossiere labreche lachaine lacaille lacelle lagarde lalande landriault lanciault lapolice
laroque laverriere lecuyer lefort letendre levert loignon magnan maillet mainguy malouin mandeville maranda marinier massue
millaire miville molleur mondor montambault mongeon nault nepveu ostiguy pageau paille patoine pednault pelchat peladeau
petrin pharand phenix picotte plasse pleau preville quenneville quevillon ranger ratte regnier rhainds ricard riopelle robin
rompre rousselle royer ruest sansregret santerre sarrasin servant st-jules theroux thibert tondreau tougas trahan vaillant
valois vanasse varin verdun vermette vezeau viger villemure vinet voisard watier wilhelmy
st-amand st-amant st-amour st-andre st-antoine st-arnaud st-aubin st-charles st-cyr st-denis st-gelais st-georges st-germain
st-hilaire st-jacques st-jean st-laurent st-louis st-martin st-michel st-onge st-pierre st-yves ste-marie
abbott adams aitken alexander allen anderson andrews armstrong arnold atkinson austin bailey baker baldwin ball banks barker
barnes barnett barrett bartlett barton bates baxter beaton beck bell bennett benson berry bishop blackwood blake booth boyd
bradley bradshaw brennan briggs brooks brown bruce bryant buchanan buckley burgess burke burns burton butler byrne calder
caldwell cameron campbell carey carlson carmichael carpenter carroll carson carter chambers chapman charlton christie clark
clarke clayton cleary coleman collins connolly connor conway cook cooper corbett cox craig crawford cross cunningham curran
currie curtis dalton daly davidson davies davis dawson dean dempsey dickson dixon doherty donaldson donnelly donovan douglas
doyle drummond duffy duncan dunn dwyer eaton edwards elliott ellis evans farrell faulkner fenton ferguson finlay fisher
fitzgerald fitzpatrick fleming fletcher flynn foley forbes ford foster fox fraser freeman gallagher gardner gibbons gibson
gill gillespie gilmour goodwin gordon graham grant gray green greene greenwood griffin griffith hall hamilton hansen hanson
harding harper harrington harris harrison hart hartley hawkins hayes healy henderson henry hicks higgins hill hoffman hogan
holland holmes hopkins houston howard hudson hughes hunt hunter hutchison ingram irving irwin jackson james jamieson jarvis
jenkins jennings jensen johnson johnston johnstone jones jordan kane kavanagh kearney keating keller kelly kennedy kerr king
kirkpatrick knight knox lamb lambert larsen lawrence lawson leblond leonard leslie lewis lindsay lloyd logan long lynch lyons
macaulay macdonald macdougall macgregor mackay mackenzie mackinnon maclean macleod macmillan macneil macpherson maguire
mahoney malone maloney marsh marshall martin mason matheson matthews maxwell mccabe mccarthy mccallum mccormack mccormick
mcculloch mcdonald mcdougall mcewan mcfarlane mcgee mcgill mcgowan mcgrath mcgregor mcguire mcintosh mcintyre mckay mckenna
mckenzie mckinnon mclaren mclaughlin mclean mcleod mcmahon mcmillan mcnamara mcneil mcpherson mcqueen meredith miller mills
mitchell moffat monahan montgomery mooney moore morgan morris morrison morrow mulligan munro murdoch murphy murray myers
nash nelson newman newton nicholson nolan norris o'brien o'connell o'connor o'donnell o'grady o'hara o'keefe o'leary o'malley
o'neil o'neill o'reilly o'rourke o'sullivan olsen osborne owens palmer parker parsons paterson patterson payne pearce pearson
perkins perry peters peterson phillips pollock porter powell power powers preston price pritchard quigley quinn ramsay reed
reid reynolds rice richards richardson riley ritchie roberts robertson robinson rogers rose ross rowe russell rutherford ryan
sanders saunders scott shannon sharp shaw shea sheridan simmons simpson sinclair skinner slater smith snow somerville
spencer stafford stanley steele stephens stephenson stevens stevenson stewart stone stuart sullivan sutherland swan swanson
sweeney taylor thomas thompson thomson thornton todd tucker turnbull turner tyler underwood vaughan wagner walker wallace
walsh walters ward warren washington watkins watson watt watts weaver webb webster welch wells west wheeler whelan white
whitfield whitman wilkins wilkinson williams williamson willis wilson winters wong wood woods wright wyatt yates young
abdallah abdi abou abbas abdelli abdou adjei afif aissaoui ait akkari alami alaoui alaoui amara ammar amrani amri arabi arif
assaf assi attar ayad aydin azizi azzouz baba bachiri badawi bah bahri bakkali balde barry bekkali bekri belaid belhadj
belkacem belkadi ben benabdallah benali benchekroun benhaddou benjelloun benkirane benmoussa bennani bennis benomar
bensaid benslimane benyahia berrada bouaziz bouchama boudiaf boukhari boumediene bouras bourguiba bousaid boutaleb
bouteflika bouzid bouzidi brahimi camara chafik chahine chaoui cheikh cherif cherkaoui chaib cisse conde coulibaly dabo daoud
daoudi diakite diallo diarra dia diawara dieng diop diouf djebbar doumbia drame elalaoui elamrani elidrissi elmansouri
essaidi fall fassi fathi faye fekih fennich filali fofana gharbi ghazi gueye guerrouj habibi haddad haddou hadj hafsi
haidara hakimi hamdi hamidi hammami hamoudi hassani hassan idrissi issa jaziri jebali kaba kabbaj kaddour kadri kamara
kane karimi kasmi kassem keita khaldi khalfi khalil khan khatib khelifi kone konate lahlou lamrani lahoud lazrak maalouf
mabrouk mahfoud mansour mansouri mazouz mbaye mebarki medjoubi mejri meziane mohamed mokrani moussaoui mrabet naciri naji
nasri ndiaye ndao nguema niang omari osman ouali ouattara ouedraogo ould ouellabi rachidi rahmani ramdani rahal rezgui saad
saadi saidi sall salhi samb sangare sarr sassi seck sebti semlali senhaji sidibe sissoko slimani sow sy sylla tahiri talbi
tazi thiam tlili touati toure traore trabelsi wade yahiaoui yousfi zaidi zahiri zerhouni ziani zidane zouaoui
abelard accime alcindor alexis altidor antoine antenor aristide auguste augustin azor baptiste bazile beauvil belizaire
bellefleur bellevue bernadel bien-aime blaise boyer brutus cadet cajuste calixte cantave casimir casseus celestin cesar
charles charlemagne cherenfant cherubin cineus clerveau clervil colas constant coriolan coicou dalencourt damas daniel
delva denis desir desire desrosiers destin dieudonne dolce dominique dorcelus dorsainvil dorval dorvil duverger edouard
edmond elie elysee emile estime etienne eugene exume fanfan fils-aime fleurimond fleurant florestal fleury francois
frederic gaspard gedeon georges germeus gerome gourdet guerrier guillaume henrys hilaire honore hyppolite innocent isidore
jacinthe janvier jasmin jean-baptiste jean-charles jean-francois jean-louis jean-jacques jean-pierre jean-marie
jean-philippe jeanty jerome jeudy jocelyn joachim joseph jules julien labaze lafortune laguerre lamour lazarre legagneur
leonidas lindor louis louis-jean louissaint lubin luc lucien magloire marcelin marcellus mathurin maurice maxi mesidor
metayer michel milfort mondesir monestime moise napoleon narcisse nelson noel octave odige oreste orelus paul paulin petion
petit-frere philogene philippe pierre pierre-louis pierre-paul pierre-charles placide polynice predestin prophete racine
remy rene romain romulus rosemond saint-fleur saint-juste saint-louis saint-vil saintil salomon sainvil sanon simeon
stanislas sylvain telemaque theodore thelusma thermidor timothee toussaint ulysse valbrun valcin vilfort vilaire victor
vixamar voltaire zamor zephirin
bui cao che chu dam dang dao dinh do doan dong duong ha ho hoang huynh kieu la lam le luong luu ly mac mai ngo nguyen
nghiem pham phan phung quach ta tang thai than to ton tran trieu trinh truong tu vo vu vuong
cai cao chan chang chau chen cheng cheung chiang chin chiu chow chu chung deng ding dong du fan fang feng fong fu fung gao
gong gu guo han hao he ho hou hsu hu huang hui jia jiang jin kong kwan kwok lai lau lee leung li lian liang liao lim lin
ling liu lo long lu luo lui ma mak mao meng mo ng ouyang pan peng qi qian qin qiu ren shao shen shi song su sun tan tang tao
tian tong tsang tse wan wang wei wen woo wu xia xiao xie xiong xu xue yan yang yao ye yeung yi yin yip yu yuan yue yuen zeng
zhan zhang zhao zheng zhong zhou zhu zou tanaka suzuki sato watanabe yamamoto nakamura kobayashi kim park choi jung kang
yoon jang lim shin kwon hwang
ahmed ahuja bains banerjee bhatt bhattacharya chandra chatterjee chaudhary chopra das dass desai dhaliwal dhillon dutta
gandhi gill grewal gupta hussain iqbal iyer jain joshi kapoor kaur khan khanna kumar mahmood malhotra malik mehta mirza mishra
mukherjee nair naidu pandey parmar patel pillai prasad qureshi rahman rao rana reddy saini sandhu sharma sheikh sidhu singh
sinha sodhi srivastava tiwari varma verma yadav perera fernando silva rajaratnam sivakumar
acevedo acosta acuna aguilar aguirre alarcon alvarado alvarez andrade aparicio aragon arango araya arce arias arroyo avila
ayala barrera barrios bautista becerra beltran benavides benitez bermudez blanco bravo bustamante caballero cabrera caceres
calderon calvo camacho campos cano cardenas cardona carrasco carrillo castaneda castano castellanos castillo castro
cervantes chavez cifuentes cisneros colon condori contreras cordero cordova correa cortes cortez cruz cuevas delgado diaz
dominguez duarte duran echeverria escobar espinosa espinoza estrada fajardo fernandez figueroa flores florez franco fuentes
galindo gallardo gallego gallegos galvan garcia garrido garza gil giraldo gomez gonzales gonzalez guerra guerrero guevara
gutierrez guzman henao heredia hernandez herrera hidalgo huaman hurtado ibanez ibarra iglesias jaramillo jimenez juarez
lara leal leiva leon lopez lozano lugo luna macias maldonado mamani marin marquez marroquin martinez mata medina mejia
melendez mendez mendoza mercado meza miranda molina montenegro montero montes montoya mora morales moreno mosquera moya
munoz murillo naranjo narvaez navarrete navarro nieto nino nunez ocampo ochoa olivares orellana orozco ortega ortiz osorio
ospina otero pacheco padilla palacios paredes parra paz pena peralta perez pineda pinto pizarro ponce portillo prado prieto
puentes quesada quintana quintero quiroga quispe ramirez ramos rendon restrepo reyes rincon rios rivas rivera robles rocha
rodriguez rojas roldan roman romero rosales rosario rubio ruiz saavedra saenz salas salazar salcedo salgado salinas sanabria
sanchez sandoval santana santiago santos sepulveda serrano sierra sosa soto suarez tapia tellez toledo torres trejo trujillo
urbina uribe valderrama valdes valdez valencia valenzuela valle vallejo vargas vasquez vazquez vega velasco velasquez velez
vera vergara vidal villa villanueva villarreal villegas yanez zambrano zamora zapata zarate zuniga
abreu afonso aguiar almeida alves amaral amorim andrade antunes araujo arruda azevedo baptista barbosa barros bento bettencourt
borges botelho braga branco brito cabral camara cardoso carreiro carvalho coelho correia costa couto cunha dias domingues
duarte esteves faria fernandes ferreira figueiredo fonseca franco freitas furtado garcia gaspar goncalves gouveia guerreiro
henriques leal leite lima lobo lopes lourenco macedo machado magalhaes maia marques martins matos medeiros melo mendes
mendonca menezes miranda monteiro morais moreira moniz mota moura nascimento neves nobre nogueira nunes oliveira pacheco
paiva pavao pereira pestana pimentel pinheiro pinho pinto pires ponte raposo rebelo rego reis resende ribeiro rocha rodrigues
sa salgado sampaio santos saraiva silva silveira simoes soares sousa souza tavares teixeira teves torres valente vaz viana
vieira da-silva da-costa dos-santos de-sousa
amato aiello amodeo barbieri barone bassi battaglia bellini benedetti bernardi berardi bianchi bianco bruni bruno calabrese
caputo capra carbone caruso casale castelli cataldo catalano cipriani cirillo colangelo colombo conte conti coppola costa
costanzo cristofaro cusano d'amico d'angelo d'alessandro de-luca de-rosa de-santis de-angelis del-vecchio di-iorio di-marco
di-pietro di-stefano donato esposito fabbri falcone fazio ferrante ferrara ferrari ferraro ferri fiore fontana forte fusco
galli gallo gatti gentile giordano giuliani grasso greco grimaldi guerra iannuzzi leone lombardi lombardo longo lupo
mancini mancuso manzo marchetti mariani marini marino martelli martini martino masciotra mastro mazza mazzeo mele messina
mirabelli miele molinari monaco montanari monti morelli moretti napoli napolitano neri orlando pace pagano palermo palmieri
palumbo panetta parisi pellegrini pellegrino perri petrella piazza pugliese ricci riccio rinaldi riva rizzi rizzo romano
rossetti rossi rosso ruggiero russo sabatini salerno salvatore sanna santoro sartori scalise serafini serra silvestri sorrentino
spagnolo spina tedesco testa tomasino tucci valente valentini vitale vitali volpe zambito zanetti zito
alexandropoulos anagnostopoulos anastasiou angelopoulos antoniou apostolopoulos athanasiou christodoulou christopoulos
constantinou dimitriou dimopoulos drakopoulos economou floros galanis georgiou georgopoulos giannopoulos hatzis ioannidis
ioannou kalogeropoulos kanellopoulos karagiannis karras katsaros kolovos konstantinidis kontos kostopoulos koutsoukos
kyriakidis lambropoulos liakopoulos makris manolakos markakis mavros michalopoulos mihalopoulos mitropoulos moustakas
nikolaidis nikolaou nikolopoulos panagiotopoulos panagopoulos pantazis papadakis papadimitriou papadopoulos papageorgiou
papanikolaou papas pappas paraskevopoulos pavlidis petropoulos petrou politis psaras sarantopoulos sideris skouras
spanos spiropoulos stamatopoulos stathopoulos stavrou stefanidis theodorakis theodoropoulos theodorou tsakiris tsiolis
vasilakis vassiliou vlahos voulgaris xenakis zervas
abboud abdelnour abi-nader abou-khalil achkar aoun arslanian assaf asmar atallah awad ayoub azar bakhos basbous bassil
bechara bedrossian bitar boulos boustani chahine chalhoub chami chedid chidiac choueiri daher dagher daoud debs dib eid
elkhoury fadel fakhoury farah fares farhat fayad gebran gemayel germanos ghanem ghanime ghosn habib haddad hajjar hakim
halabi hanna harb hatem helou hitti hobeika issa jabbour jaber jamal kahwaji karam kassab kassis kattan kazandjian
keyrouz khair khalife khalil khawam khayat khouri khoury kouyoumdjian maalouf makhlouf mansour masri matar menassa mikhael
moubarak mouawad moukarzel nader naccache nahas najjar nakhle nasr nassar nassif nehme rahme rizk saade saba sabbagh
sabongui safi salameh saliba salloum samaha sarkissian sarkis sawaya sayegh semaan sfeir shamoun shaheen skaf sleiman
tabet tannous tawil torossian toutounji tutunjian yammine younes zakhour zananiri zeidan zogheib
adamczyk baran bielak bondarenko borowski boyko chmiel chernenko cohen dabrowski dubois duda fedorov friedman gagarin
goldberg goldstein golovko grabowski greenberg grunberg hryniuk ivanov jankowski kaminski kaplan katz klein kovacs
kovalenko kovalchuk kowalczyk kowalski kozak kozlov kravchenko kuznetsov levin levine levy lewandowski lysenko lewicki
malinowski mazur melnyk mikhailov moroz nagy novak nowak orlov oliynyk pavlenko pavlov petrenko petrov piotrowski popescu
popov popa ionescu dumitrescu stan radu rosenberg rosen rubin savchenko schwartz segal semenov shapiro shevchenko sidorov
silverman smirnov sobol sokolov stern szabo szymanski tkachenko toth varga vasiliev volkov wasyl weinberg weiss wisniewski
wojcik wozniak zajac zelenko zielinski abitbol amar assayag azoulay benchimol bensimon dahan elbaz elkaim hazan malka ohana
ohayon perez sabbah sebag toledano
ambroise andre-newashish awashish basile bacon basile bellefleur benedict benjamin blacksmith blackned bosum boivin-coocoo
brascoupe bull buckshot chachai chakapash chilton chiskamish chilton coocoo coonishish cooper couchees cowboy creewapash
cree decontie deer delisle diabo diamond dube-echaquan dominique echaquan einish etapp fontaine-vollant gabriel georgekish
gilbert-mark goodleaf gray gregoire gros-louis grosleau gull happyjack hervieux horn house iserhoff ittoshat jacobs jerome
jolly jourdain-mckenzie kanape kanatewat kanapé kapesh kistabish kitchen kurtness launiere lazore lelievre loon mapachee
malec mark mckenzie mestokosho metallic mestenapeo mianscum mollen montour moar moreau-awashish napartuk napash neacappo
neeposh nepton newashish niquay nolin-paul norton nuktie obomsawin ottawa oskineegish ohare papatie papatisse paul-ottawa
penosway petiquay petawabano phillips-mapachee picard-sioui pien pilot pinette piétacho pietacho poker polson poucachiche
quitich qumaluk rankin raphael regis rich rock rodgers rousselot-bellefleur saganash sandy-mianscum sealhunter shecapio shem
sioui snowboy spencer-swallow st-onge-hervieux stacey swallow tanguay-wapachee tagoona tertiluk tookalook trapper
tshernish uniam vachon-bellefleur visitor vollant vincent-sioui wapachee wapistan washipabano watt-qumaluk wawatie weetaltuk
weizineau whiskeychan white-montour whiteduck wylde annahatak aragutak arnatuk berthe echalook grey ilgun kadjulik keatainak
koneak kritik naluktuk nappaaluk novalinga nungak okpik padlayat partridge qaunaaluk saunders-tukkiapik saviadjuk snowball
tarkirk tukkiapik tulugak uqaituk
`;

const fold = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '');

const setOf = (list: string): ReadonlySet<string> => new Set(fold(list).trim().split(/\s+/));

/** Folded: no accents, no apostrophes, lower case. */
export const GIVEN_NAMES = setOf(GIVEN);
export const FAMILY_NAMES = setOf(FAMILY);
